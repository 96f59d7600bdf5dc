public import Files
public import Foundation

/// The kind of data set that a path leads to.
public enum DatasetFormat: Hashable, Sendable {
    /// FER-2013 in any form that `FER2013` reads.
    case fer2013
    /// Pictures in class folders, for `ImageFolder`.
    case imageFolder

    /// Finds out by looking at names, not into files.
    ///
    /// FER-2013 are CSV files, and folders or archives with a CSV file or archive of its, or with
    /// pictures that have its names: `train/happy/Training_17.jpg`. Everything else is an image
    /// folder.
    ///
    /// - Throws: `FileError` if there is no such file or folder, or if it is a file but neither
    ///   CSV nor a zip archive.
    /// - Complexity: O(*n*) in the number of files.
    public init(of url: URL) throws(FileError) {
        if url.pathExtension.lowercased() == "csv" {
            self = .fer2013
            return
        }
        let tree = try openFileTree(at: url)
        let isFER2013 = tree.paths.contains { path in
            if FER2013PicturePath.isOne(path) { return FER2013PicturePath(path).namedSplit != nil }
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            return (FER2013.tableNames + FER2013.archiveNames).contains(name)
        }
        self = isFER2013 ? .fer2013 : .imageFolder
    }
}
