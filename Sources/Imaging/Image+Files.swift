public import Files
public import Foundation
import Tensor

extension Image {
    /// Reads a PNG or JPEG file; its first bytes tell which, not its name.
    ///
    /// Grayscale files give 1 channel, all others 3, unless a number is asked for. Transparency is
    /// dropped.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - channels: 1 for grayscale, 3 for RGB, nil for what the file has.
    ///   - limits: The largest picture to accept.
    ///   - appliesOrientation: Whether the picture is turned as its EXIF asks for.
    /// - Throws: `FileError` if the file cannot be read, is damaged or cut short, is neither PNG
    ///   nor JPEG, or is larger than `limits`.
    /// - Precondition: `channels` is 1, 3 or nil.
    public init(
        contentsOf url: URL, channels: Int? = nil, limits: ImageLimits = ImageLimits(),
        appliesOrientation: Bool = true
    ) throws(FileError) {
        try self.init(
            encoded: try MappedFile(contentsOf: url), name: url.path, channels: channels,
            limits: limits, appliesOrientation: appliesOrientation)
    }

    /// Reads the bytes of a PNG or JPEG file.
    ///
    /// A JPEG file in color keeps its luma as such, so that grayscale takes less time than color.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: What messages call it.
    ///   - channels: 1 for grayscale, 3 for RGB, nil for what the file has.
    ///   - limits: The largest picture to accept.
    ///   - appliesOrientation: Whether the picture is turned as its EXIF asks for.
    /// - Throws: `FileError` if the bytes are damaged or cut short, neither PNG nor JPEG, or
    ///   promise a picture larger than `limits`.
    /// - Precondition: `channels` is 1, 3 or nil.
    public init(
        encoded bytes: some ContiguousBytes, name: String, channels: Int? = nil,
        limits: ImageLimits = ImageLimits(), appliesOrientation: Bool = true
    ) throws(FileError) {
        require(
            channels.map { $0 == 1 || $0 == 3 } ?? true,
            "a picture has 1 or 3 channels, not \(channels ?? 0)")
        let result: Result<Image, FileError> = bytes.withUnsafeBytes { buffer in
            Result { () throws(FileError) in
                if buffer.starts(with: Image.pngSignature) {
                    let image = try Image(
                        png: buffer, name: name, limits: limits,
                        appliesOrientation: appliesOrientation)
                    return channels.map(image.converted(toChannels:)) ?? image
                }
                if buffer.starts(with: Image.jpegSignature) {
                    return try Image(
                        jpeg: buffer, name: name, channels: channels, limits: limits,
                        appliesOrientation: appliesOrientation)
                }
                throw buffer.isEmpty
                    ? .damagedPicture(name, "the file is empty")
                    : FileError(
                        .unsupported, at: name,
                        "is neither a PNG nor a JPEG file. Convert it first.")
            }
        }
        self = try result.get()
    }

    /// Writes the picture as PNG or JPEG, whichever the extension of the file says.
    ///
    /// - Throws: `FileError` if the extension is not `png`, `jpg` or `jpeg`, or the system refuses.
    /// - Precondition: The picture has pixels.
    /// - Complexity: O(*n*) in the number of samples.
    public func write(to url: URL) throws(FileError) {
        switch url.pathExtension.lowercased() {
        case "png": try AtomicFile.write(pngData(), to: url)
        case "jpg", "jpeg": try AtomicFile.write(jpegData(), to: url)
        default:
            throw FileError(
                .unsupported, at: url.path,
                "cannot tell the format of the picture. Let its name end in .png or .jpg.")
        }
    }
}
