import Foundation

/// What the segments of a JPEG file say, found without decoding any.
///
/// Source: ITU-T T.81, annex B.
struct JPEGSegments {
    /// The number of scans; a progressive picture has several.
    private(set) var scanCount = 0
    /// How the picture is to be turned, from its EXIF.
    private(set) var orientation: ImageOrientation?
    /// Whether samples are coded arithmetically, any number of them in a bit.
    private(set) var isArithmeticCoded = false
    /// The number of components of color that the file has; 0 where it does not say.
    private(set) var componentCount = 0

    /// The name of EXIF inside of its segment.
    private static let exifName = Array("Exif\0\0".utf8)

    /// Visits all segments; of damaged files those before the damage.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    init(_ file: UnsafeRawBufferPointer) {
        var position = 2
        while let marker = Self.nextMarker(in: file, from: &position) {
            switch marker {
            case 0, 0x01, 0xD0...0xD8:
                continue  // A byte of a scan, or a marker without a length.
            case 0xD9:
                return
            default:
                guard position + 2 <= file.count else { return }
                let length = Int(file[position]) << 8 | Int(file[position + 1])
                guard length >= 2, position + length <= file.count else { return }
                visit(
                    marker,
                    UnsafeRawBufferPointer(rebasing: file[position + 2..<position + length]))
                position += length
            }
        }
    }

    private mutating func visit(_ marker: UInt8, _ segment: UnsafeRawBufferPointer) {
        switch marker {
        case 0xC0...0xC3, 0xC9...0xCB:
            isArithmeticCoded = isArithmeticCoded || marker >= 0xC9
            if segment.count > 5 { componentCount = Int(segment[5]) }
        case 0xDA: scanCount += 1
        case 0xE1 where orientation == nil && segment.starts(with: Self.exifName):
            orientation = ImageOrientation(
                exif: UnsafeRawBufferPointer(rebasing: segment[Self.exifName.count...]))
        default: break
        }
    }

    /// The byte after the next 0xFF, any number of which may come before it.
    private static func nextMarker(
        in file: UnsafeRawBufferPointer, from position: inout Int
    ) -> UInt8? {
        guard position < file.count, let start = file.baseAddress,
            let found = memchr(start + position, 0xFF, file.count - position)
        else { return nil }
        position = UnsafeRawPointer(found) - start
        while position < file.count, file[position] == 0xFF { position += 1 }
        guard position < file.count else { return nil }
        defer { position += 1 }
        return file[position]
    }
}
