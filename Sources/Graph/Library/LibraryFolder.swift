import Files
import Foundation

/// What lies where in the folder of a library.
///
/// | file | what |
/// |---|---|
/// | `library.json` | the manifest: which generation counts |
/// | `catalog-GENERATION.sqlite` | the songs |
/// | `features-GENERATION` | their features |
/// | `graph` | what is alike; it names the features that it was built from |
/// | `listeners.sqlite` | listeners and their feedback |
/// | `lock` | held while a list is imported |
///
/// An import writes files of a new generation and replaces the manifest in one step. Whatever
/// happens before leaves the old library as it was; what a killed import leaves behind, the next one
/// removes.
struct LibraryFolder {
    /// What the manifest says.
    struct Manifest: Codable, Equatable {
        /// The layout of the folder.
        var version = 1
        /// What the names of the files end with.
        let generation: String
        /// The number of songs.
        let songs: Int
        /// The CRC-32 of the catalog, whose format has none of its own.
        let catalogChecksum: UInt32
    }

    /// What manifests of all layouts say.
    private struct Layout: Decodable {
        let version: Int
    }

    let url: URL

    var manifest: URL { url.appending(path: "library.json") }
    var graph: URL { url.appending(path: "graph") }
    var listeners: URL { url.appending(path: "listeners.sqlite") }

    func catalog(_ generation: String) -> URL {
        url.appending(path: "catalog-\(generation).sqlite")
    }

    func features(_ generation: String) -> URL { url.appending(path: "features-\(generation)") }

    /// Reads the manifest.
    ///
    /// - Throws: `FileError` if there is none, or it is damaged.
    func readManifest() throws(FileError) -> Manifest {
        guard FileManager.default.fileExists(atPath: manifest.path) else {
            throw FileError(
                .notFound, at: url.path,
                "is no library of songs. "
                    + "Import a list into it: songs import LIST.csv --library FOLDER.")
        }
        let bytes = Data(try MappedFile(contentsOf: manifest).bytes)
        let decoder = JSONDecoder()
        if let layout = try? decoder.decode(Layout.self, from: bytes), layout.version != 1 {
            throw FileError(
                .unsupported, at: manifest.path,
                "has version \(layout.version), not 1. Import the list again.")
        }
        guard let found = try? decoder.decode(Manifest.self, from: bytes),
            !found.generation.contains("/")
        else {
            throw FileError(.damaged, at: manifest.path, "is damaged. Import the list again.")
        }
        return found
    }

    /// Makes a generation the one that counts.
    ///
    /// - Throws: `FileError` if the manifest cannot be written; the old library stays then.
    func commit(_ manifest: Manifest) throws(FileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let bytes = try? encoder.encode(manifest) else {
            preconditionFailure("a manifest of text and numbers can be written")
        }
        try AtomicFile.write(bytes, to: self.manifest)
    }

    /// Removes files of generations that do not count, and what a killed import was writing.
    ///
    /// People keep their own files in the folder too, so that nothing goes by a name that an import
    /// does not give.
    func removeLeftovers() {
        var counting: String?
        do throws(FileError) {
            counting = try readManifest().generation
        } catch {
            guard error.code == .notFound else {
                // Who knows what the files are good for.
                return
            }
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        for name in names where Self.isLeftover(name, counting: counting) {
            let path = url.appending(path: name).path
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type]
            guard type as? FileAttributeType == .typeRegular else { continue }
            // What cannot be removed does no harm, and the next import tries again.
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// Whether a file of that name is of a generation that does not count, or was never finished.
    private static func isLeftover(_ name: String, counting generation: String?) -> Bool {
        let catalog = /catalog-([0-9a-f]{8})\.sqlite(-journal|-wal|-shm)?/
        if let match = name.wholeMatch(of: catalog) { return match.1 != generation ?? "" }
        if let match = name.wholeMatch(of: /features-([0-9a-f]{8})/) {
            return match.1 != generation ?? ""
        }
        let partial = /\.(library\.json|graph|features-[0-9a-f]{8})\.[0-9A-F]{8}\.partial/
        return name.wholeMatch(of: partial) != nil
    }
}

extension MappedFile {
    /// A copy of the bytes.
    fileprivate var bytes: [UInt8] { withUnsafeBytes(Array.init) }
}
