extension ImageOrientation {
    /// Finds the orientation in a block of EXIF, which is a TIFF file without a picture; nil where
    /// there is none, or none that makes sense.
    ///
    /// A picture is worth reading whatever its EXIF says, so damage is no error. Only the first
    /// directory is looked at, once.
    ///
    /// Source: TIFF revision 6.0, section 2; the tag is number 274.
    init?(exif bytes: UnsafeRawBufferPointer) {
        let isBigEndian: Bool
        switch bytes.prefix(4).map(\.self) {
        case [0x49, 0x49, 42, 0]: isBigEndian = false
        case [0x4D, 0x4D, 0, 42]: isBigEndian = true
        default: return nil
        }
        func number(at offset: Int, bytes count: Int) -> Int? {
            guard offset >= 0, offset + count <= bytes.count else { return nil }
            let digits = bytes[offset..<offset + count]
            return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2)
        else { return nil }
        for entry in 0..<count {
            let start = directory + 2 + 12 * entry
            guard let tag = number(at: start, bytes: 2) else { return nil }
            guard tag == 274 else { continue }
            // Type 3 is a number of 16 bits, which stands in the entry itself.
            guard number(at: start + 2, bytes: 2) == 3, number(at: start + 4, bytes: 4) == 1,
                let value = number(at: start + 8, bytes: 2)
            else { return nil }
            self.init(rawValue: value)
            return
        }
        return nil
    }
}
