public import Files
public import Foundation
public import Imaging

/// Writes frames as files of a folder: `000000.jpg`, `000001.jpg`, ….
public struct PictureSequence {
    /// The formats of the files.
    public enum Format: String, Sendable {
        /// With loss.
        case jpeg = "jpg"
        /// Without loss, several times larger.
        case png
    }

    /// Where the files go.
    public let folder: URL

    private let format: Format
    private var count = 0

    /// Takes a folder, which is created if there is none.
    ///
    /// - Throws: `FileError` if the folder cannot be created.
    public init(to folder: URL, format: Format = .jpeg) throws(FileError) {
        self.folder = folder
        self.format = format
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                .inaccessible, at: folder.path,
                "cannot create the folder. Check its permissions, and that no file has its name.")
        }
    }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - image: The frame.
    ///   - name: The name of the file without its extension; by default the number of frames so
    ///     far.
    /// - Throws: `FileError` if the system refuses.
    public mutating func write(_ image: Image, named name: String? = nil) throws(FileError) {
        let digits = String(count)
        let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        count += 1
        try image.write(to: folder.appending(path: "\(name ?? number).\(format.rawValue)"))
    }
}
