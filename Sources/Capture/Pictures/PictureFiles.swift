public import Files
public import Foundation
public import Imaging

/// PNG and JPEG files as frames: one file, several, or those of a folder.
///
/// A damaged file does not end the source: `nextFrame()` throws, and goes on with the next file when
/// it is called again.
public struct PictureFiles: FrameSource {
    /// The path of the folder, or of the first file.
    public let name: String
    /// Pictures have no rate.
    public var frameRate: Double? { nil }
    /// The files.
    public let files: [URL]

    private let color: FrameColor
    private let limits: ImageLimits
    private var index = 0

    /// Takes files in the given order.
    ///
    /// - Precondition: There is at least one.
    public init(_ files: [URL], color: FrameColor, limits: ImageLimits = ImageLimits()) {
        precondition(!files.isEmpty, "there are no pictures to take frames from")
        self.init(files, of: files[0], color: color, limits: limits)
    }

    /// Takes the pictures of a folder, in the order of people: `2.png` before `10.png`.
    ///
    /// Pictures are the files that end in `png`, `jpg` or `jpeg`. Folders inside, hidden files and
    /// all others are left out.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - color: What the frames shall have.
    ///   - limits: The largest picture to accept.
    /// - Throws: `FileError` if there is no such folder, it cannot be listed, or it holds no
    ///   pictures.
    public init(
        folder: URL, color: FrameColor, limits: ImageLimits = ImageLimits()
    ) throws(FileError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: folder.path, isDirectory: &isFolder)
            throw !exists
                ? FileError(.notFound, at: folder.path, "there is no such folder. Check the path.")
                : FileError(
                    .inaccessible, at: folder.path,
                    isFolder.boolValue
                        ? "cannot list the folder. Check its permissions."
                        : "is not a folder. Name a folder, or read the file as a picture.")
        }
        let pictures = names.filter(Self.isPicture).sorted(by: Self.areInOrder)
        guard !pictures.isEmpty else {
            throw FileError(
                .notFound, at: folder.path, "holds no files that end in .png, .jpg or .jpeg.")
        }
        self.init(
            pictures.map { folder.appending(path: $0) }, of: folder, color: color, limits: limits)
    }

    private init(_ files: [URL], of origin: URL, color: FrameColor, limits: ImageLimits) {
        name = origin.relativePath
        self.files = files
        self.color = color
        self.limits = limits
    }

    private static func isPicture(_ name: String) -> Bool {
        let end = URL(filePath: name).pathExtension.lowercased()
        return ["png", "jpg", "jpeg"].contains(end) && !name.hasPrefix(".")
    }

    /// Numbers count by their value, and small and capital letters as the same where anything else
    /// differs.
    private static func areInOrder(_ left: String, _ right: String) -> Bool {
        switch left.compare(right, options: [.numeric, .caseInsensitive]) {
        case .orderedAscending: true
        case .orderedDescending: false
        case .orderedSame: left < right
        }
    }

    /// Reads the next file.
    ///
    /// Its time is 0: files do not tell when a picture was taken since the first.
    ///
    /// - Returns: The frame, or nil behind the last file.
    /// - Throws: `FileError` if the file cannot be read; the next call reads the one behind it.
    public mutating func nextFrame() throws(FileError) -> Frame? {
        guard index < files.count else { return nil }
        defer { index += 1 }
        let image = try Image(contentsOf: files[index], channels: color.channels, limits: limits)
        return Frame(image: image, source: files[index].relativePath, index: index, time: .zero)
    }
}
