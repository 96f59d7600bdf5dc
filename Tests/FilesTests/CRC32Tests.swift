import Files
import Testing

struct CRC32Tests {
    @Test("The check value of the catalogue of CRC algorithms")
    func checkValue() {
        #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    }

    @Test func nothing() {
        #expect(CRC32.checksum(of: [UInt8]()) == 0)
    }

    @Test func pieces() {
        let first = CRC32.checksum(of: Array("1234".utf8))
        #expect(CRC32.checksum(of: Array("56789".utf8), continuing: first) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: [UInt8](), continuing: first) == first)
    }
}
