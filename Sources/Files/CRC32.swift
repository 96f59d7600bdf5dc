import CZlib
public import Foundation

/// The checksum of zip and PNG files: CRC-32 with the polynomial of
/// ISO 3309, as zlib computes it.
public enum CRC32 {
    /// The checksum of bytes.
    ///
    /// - Parameters:
    ///   - bytes: Any bytes.
    ///   - start: The checksum of the bytes before them, to compute one checksum in pieces.
    /// - Returns: The checksum.
    /// - Complexity: O(*n*) in the number of bytes.
    public static func checksum(
        of bytes: some ContiguousBytes, continuing start: UInt32 = 0
    ) -> UInt32 {
        bytes.withUnsafeBytes { buffer in
            // zlib takes a null pointer for the question what the first checksum is.
            guard let address = buffer.baseAddress else { return start }
            return UInt32(
                crc32_z(UInt(start), address.assumingMemoryBound(to: UInt8.self), buffer.count))
        }
    }
}
