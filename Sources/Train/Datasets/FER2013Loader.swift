import Files
import Foundation

/// Collects the faces of a source.
struct FER2013Loader {
    let policy: DamagedPolicy
    private(set) var splits: [FER2013.Split: ImageDataset] = [:]
    private(set) var skipped: [FileError] = []

    init(policy: DamagedPolicy) {
        self.policy = policy
    }

    /// The splits that have faces.
    var namedSplits: [FER2013.Split: ImageDataset] {
        var named = splits.filter { $0.value.count > 0 }
        for split in named.keys { named[split]?.name = split.rawValue }
        return named
    }

    /// Loads whatever kind of source there is.
    mutating func load(_ url: URL) throws(FileError) {
        if url.pathExtension.lowercased() == "csv" {
            return try loadRows(of: try CSVReader(contentsOf: url))
        }
        let tree = try openFileTree(at: url)
        if tree.paths.contains(where: FER2013PicturePath.isOne) {
            return try loadPictures(of: tree)
        }
        if let path = FER2013Loader.find(FER2013.tableNames, in: tree) {
            if tree is FolderTree {
                return try loadRows(of: try CSVReader(contentsOf: url.appending(path: path)))
            }
            return try loadRows(
                of: try CSVReader(bytes: try tree.read(path), name: tree.place(of: path)))
        }
        if tree is FolderTree, let path = FER2013Loader.find(FER2013.archiveNames, in: tree) {
            return try load(url.appending(path: path))
        }
        throw FileError(
            .notFound, at: tree.location,
            "holds no FER-2013: neither train/ or test/ with a folder for each expression, nor "
                + "fer2013.csv, icml_face_data.csv, fer2013.zip or archive.zip. "
                + FER2013.howToGet)
    }

    /// The first file with one of the given names, which stand in order of preference.
    private static func find(_ names: [String], in tree: some FileTree) -> String? {
        names.lazy.compactMap { name in
            tree.paths.first { $0 == name || $0.hasSuffix("/" + name) }
        }.first
    }

    /// Makes room for faces that are about to be added.
    mutating func reserveCapacity(_ count: Int, in split: FER2013.Split) {
        splits[split, default: .emptyFaces].reserveCapacity(count)
    }

    /// Adds the face that `face` returns, or does with its error what the policy says.
    mutating func add(_ face: () throws(FileError) -> FER2013Face) throws(FileError) {
        do throws(FileError) {
            let face = try face()
            splits[face.split, default: .emptyFaces]
                .append(face.image, label: face.label)
        } catch {
            guard policy == .skip else { throw error }
            skipped.append(error)
        }
    }
}
