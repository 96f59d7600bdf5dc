import Files
import Foundation

/// The files of a folder or of a zip archive, whichever a data set comes as.
protocol FileTree {
    /// What messages call the tree: the path of the folder or archive.
    var location: String { get }

    /// The files by their paths below the tree, sorted; hidden files and what macOS adds to
    /// archives are not among them.
    var paths: [String] { get }

    /// What messages call a file in the tree.
    func place(of path: String) -> String

    /// Reads a file.
    func read(_ path: String) throws(FileError) -> [UInt8]
}

/// Opens a folder or a zip archive.
func openFileTree(at url: URL) throws(FileError) -> any FileTree {
    if url.isExistingFolder { return try FolderTree(url) }
    let isArchive = try MappedFile(contentsOf: url).withUnsafeBytes { $0.starts(with: "PK".utf8) }
    guard isArchive else {
        throw FileError(
            .unsupported, at: url.path,
            "is neither a folder, nor a zip archive, nor a CSV file. Check the path.")
    }
    return try ZipTree(url)
}

/// A folder, searched when the tree is opened.
///
/// Symbolic links are followed.
struct FolderTree: FileTree {
    /// Deeper folders are not searched; a link that leads back up ends here.
    private static let depth = 8

    let url: URL
    let paths: [String]

    init(_ url: URL) throws(FileError) {
        self.url = url
        var paths: [String] = []
        do {
            try Self.list(url, prefix: "", depth: Self.depth, into: &paths)
        } catch {
            throw FileError(
                .inaccessible, at: url.path,
                "cannot list the folder. Check its permissions. (\(error.localizedDescription))")
        }
        self.paths = paths.sorted()
    }

    var location: String { url.path }

    func place(of path: String) -> String { url.appending(path: path).path }

    func read(_ path: String) throws(FileError) -> [UInt8] {
        try MappedFile(contentsOf: url.appending(path: path)).withUnsafeBytes { Array($0) }
    }

    private static func list(
        _ folder: URL, prefix: String, depth: Int, into paths: inout [String]
    ) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where !name.isLitter {
            let item = folder.appending(path: name)
            // Tens of thousands of pictures need not be asked whether they are folders.
            if name.isPicture || !item.isExistingFolder {
                paths.append(prefix + name)
            } else if depth > 1 {
                try list(item, prefix: prefix + name + "/", depth: depth - 1, into: &paths)
            }
        }
    }
}

/// A zip archive.
struct ZipTree: FileTree {
    let paths: [String]

    private let archive: ZipArchive
    private let entries: [String: ZipArchive.Entry]

    init(_ url: URL) throws(FileError) {
        archive = try ZipArchive(contentsOf: url)
        let files = archive.entries.filter { entry in
            !entry.isFolder && !entry.name.split(separator: "/").contains(where: \.isLitter)
        }
        entries = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
        paths = entries.keys.sorted()
    }

    var location: String { archive.location }

    func place(of path: String) -> String { "\(location), \(path)" }

    func read(_ path: String) throws(FileError) -> [UInt8] {
        guard let entry = entries[path] else {
            throw FileError(.notFound, at: place(of: path), "is not in the archive.")
        }
        return try archive.read(entry)
    }
}

extension URL {
    fileprivate var isExistingFolder: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}

extension StringProtocol {
    /// Whether a file or folder of this name is no part of a data set: hidden, or what macOS keeps
    /// beside the files in an archive.
    fileprivate var isLitter: Bool { hasPrefix(".") || self == "__MACOSX" }

    /// Whether a file of this name is meant as a picture, of a format that can be read or not.
    var isPicture: Bool {
        let known = ["jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "pgm", "ppm"]
        guard let dot = lastIndex(of: ".") else { return false }
        return known.contains(self[index(after: dot)...].lowercased())
    }
}
