public import Files
public import Foundation

/// Where the files lie that a program of Valence needs: networks, song lists.
///
/// They are looked for in the folder that the environment variable `VALENCE_HOME` names, then in
/// `../share/valence` beside the executable, where `Scripts/install` puts them, then in the
/// resources that SwiftPM lays beside what it builds. Cascades come with OpenCV, so `FaceDetector`
/// knows where they are.
public struct InstalledFiles: Hashable, Sendable {
    /// The folders in the order in which they are searched.
    public let folders: [URL]

    /// The name of the network that is used where no other is named.
    public static let network = "expression.safetensors"
    /// The names of all networks that Valence ships.
    public static let networks = [network, "sequential.safetensors"]
    /// The name of the list of songs that is used where no library is named.
    public static let songs = "songs.csv"

    /// Looks up the folders.
    ///
    /// - Parameters:
    ///   - environment: Where `VALENCE_HOME` may be.
    ///   - executable: The folder of the executable.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL = InstalledFiles.executableFolder
    ) {
        let home = environment["VALENCE_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
        let shared = executable.deletingLastPathComponent().appending(path: "share/valence")
        // `Bundle.module` traps where this folder is gone, so it is never asked.
        let resources = executable.appending(path: "valence_Valence.resources")
        folders = (home.map { [$0] } ?? []) + [shared, resources]
    }

    /// Finds a file by its name.
    ///
    /// - Returns: Nil where no folder has it.
    public func find(_ name: String) -> URL? {
        folders.lazy.map { $0.appending(path: name) }.first {
            FileManager.default.fileExists(atPath: $0.path(percentEncoded: false))
        }
    }

    /// Finds the network that is used where no other is named.
    ///
    /// - Throws: `FileError` where no folder has it.
    /// - Returns: The file.
    public func network() throws(FileError) -> URL {
        try require(Self.network, what: "the network", option: "--weights")
    }

    /// Finds the list of songs that is used where no library is named.
    ///
    /// - Throws: `FileError` where no folder has it.
    /// - Returns: The file.
    public func songs() throws(FileError) -> URL {
        try require(Self.songs, what: "the list of songs", option: "--library or --songs")
    }

    private func require(
        _ name: String, what: String, option: String
    ) throws(FileError) -> URL {
        if let file = find(name) { return file }
        throw FileError(
            .notFound, at: name,
            "\(what) that Valence ships is in none of \(searched). Name one by \(option), or its "
                + "folder by VALENCE_HOME.")
    }

    private var searched: String {
        folders.map { $0.path(percentEncoded: false) }.joined(separator: ", ")
    }

    /// The folder of the executable, links to it followed.
    public static var executableFolder: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }
}
