import Foundation

/// The framing of TensorFlow's record files: length, checksum of the length, bytes, checksum of
/// the bytes; all numbers little-endian.
enum TFRecord {
    /// Frames the bytes of one record.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    static func framing(_ bytes: Data) -> Data {
        let length = littleEndian(UInt64(bytes.count))
        return length + littleEndian(CRC32C.maskedChecksum(of: length))
            + bytes + littleEndian(CRC32C.maskedChecksum(of: bytes))
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
}
