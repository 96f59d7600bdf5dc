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
    /// FER-2013 are CSV files; folders or archives with pictures that have its names, such as
    /// `train/happy/Training_17.jpg`; and those without pictures but with a CSV file or an archive
    /// of its. Everything else is an image folder.
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
        let pictures = tree.paths.filter(\.isPicture)
        // The archive may still lie beside the pictures that came out of it.
        let isFER2013 =
            pictures.isEmpty
            ? tree.paths.contains { path in
                let name = path.split(separator: "/").last.map(String.init) ?? ""
                return (FER2013.tableNames + FER2013.archiveNames).contains(name)
            }
            : pictures.contains {
                FER2013PicturePath.isOne($0) && FER2013PicturePath($0).namedSplit != nil
            }
        self = isFER2013 ? .fer2013 : .imageFolder
    }
}
