import Testing

@testable import Train

@Suite struct CRC32CTests {
    @Test func checkValue() {
        #expect(CRC32C.checksum(of: "123456789".utf8) == 0xe306_9283)
        #expect(CRC32C.checksum(of: []) == 0)
    }

    /// The examples of RFC 3720, appendix B.4.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
            ((0..<32).map { UInt8($0) }, 0x46dd_794e),
            ((0..<32).reversed().map { UInt8($0) }, 0x113f_db5c),
        ] as [([UInt8], UInt32)])
    func examplesOfTheSpecification(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32C.checksum(of: bytes) == checksum)
    }

    @Test func maskCanBeUndone() {
        let masked = CRC32C.maskedChecksum(of: "123456789".utf8)
        let rotated = masked &- 0xa282_ead8
        #expect((rotated >> 17 | rotated << 15) == 0xe306_9283)
    }
}
