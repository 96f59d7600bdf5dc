import Files
import Foundation
import Testing
import Valence
import _TestSupport

struct InstalledFilesTests {
    /// Folders as they are after an installation, each with a file of the name.
    private func withFolders(
        _ name: String, _ body: (_ root: URL, _ places: [URL]) throws -> Void
    ) throws {
        try withTemporaryFolder { root in
            let places = ["home", "share/valence", "bin/valence_Valence.resources"].map {
                root.appending(path: $0).appending(path: name)
            }
            for place in places {
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: place)
            }
            try body(root, places)
        }
    }

    private func files(in root: URL, home: Bool = true) -> InstalledFiles {
        let environment = home ? ["VALENCE_HOME": root.appending(path: "home").path] : [:]
        return InstalledFiles(environment: environment, executable: root.appending(path: "bin"))
    }

    @Test("the folder of the environment comes first, then the shared one, then the resources")
    func order() throws {
        try withFolders("a.txt") { root, places in
            for place in places {
                #expect(files(in: root).find("a.txt")?.path == place.path)
                try FileManager.default.removeItem(at: place)
            }
            #expect(files(in: root).find("a.txt") == nil)
        }
    }

    @Test("without the variable, or with an empty one, there is no such folder")
    func noHome() throws {
        try withFolders("a.txt") { root, places in
            #expect(files(in: root, home: false).find("a.txt")?.path == places[1].path)
            let empty = InstalledFiles(
                environment: ["VALENCE_HOME": ""], executable: root.appending(path: "bin"))
            #expect(empty.folders == files(in: root, home: false).folders)
        }
    }

    @Test("what is missing is told with the remedy")
    func missing() throws {
        try withTemporaryFolder { root in
            let network = #expect(throws: FileError.self) { try files(in: root).network() }
            #expect(network?.code == .notFound)
            #expect(network?.message.contains("--weights") == true)
        }
    }

    @Test("the network that Valence ships lies beside what is built")
    func shippedNetwork() throws {
        let network = try InstalledFiles(environment: [:]).network()
        #expect((3_000_000...4_000_000).contains(try Data(contentsOf: network).count))
        for name in InstalledFiles.networks {
            #expect(InstalledFiles(environment: [:]).find(name) != nil, "\(name)")
        }
    }
}
