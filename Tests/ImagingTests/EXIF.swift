import Files

/// Makes files with EXIF.
enum EXIF {
    /// A directory with two entries, the maker's name and the orientation.
    static func block(orientation: Int, isBigEndian: Bool) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            let digits = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            return isBigEndian ? digits.reversed() : digits
        }
        let entries = [[0x010F, 2, 4, 0x4142_4300], [0x0112, 3, 1, orientation]]
        let start = (isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]) + number(42, 2) + number(8, 4)
        return start + number(entries.count, 2)
            + entries.flatMap { entry in
                let value = entry[1] == 3 ? number(entry[3], 2) + [0, 0] : number(entry[3], 4)
                return number(entry[0], 2) + number(entry[1], 2) + number(entry[2], 4) + value
            } + number(0, 4)
    }

    /// A JPEG file with a block in a segment of its own, after the first marker.
    static func jpeg(_ file: [UInt8], with block: [UInt8]) -> [UInt8] {
        let length = 2 + 6 + block.count
        let head: [UInt8] = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)]
        var result = file
        result.insert(contentsOf: head + Array("Exif\0\0".utf8) + block, at: 2)
        return result
    }

    /// A PNG file with a block in a chunk of its own, after the header.
    static func png(_ file: [UInt8], with block: [UInt8]) -> [UInt8] {
        var result = file
        result.insert(contentsOf: chunk("eXIf", block), at: 8 + 25)
        return result
    }

    private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        func number(_ value: UInt32) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
        }
        let body = Array(name.utf8) + bytes
        return number(UInt32(bytes.count)) + body + number(CRC32.checksum(of: body))
    }
}
