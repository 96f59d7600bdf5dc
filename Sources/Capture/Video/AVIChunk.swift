import Files

/// Four characters that name a chunk, a list or a codec in an AVI file.
struct FourCC: Hashable {
    /// The characters, the first in the lowest byte.
    var code: UInt32

    init(code: UInt32) {
        self.code = code
    }

    init(_ text: StaticString) {
        code = text.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// The characters.
    var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: code >> (8 * $0)) } }
    /// Whether all are letters, digits, spaces or signs.
    var isText: Bool { bytes.allSatisfy { (32..<127).contains($0) } }
    /// Whether two differ in nothing but small and capital letters.
    func isSame(as other: FourCC) -> Bool { code | 0x2020_2020 == other.code | 0x2020_2020 }
}

/// The head of a piece of an AVI file: its name and its size.
struct AVIChunk {
    var name: FourCC
    /// The number of bytes that follow.
    var size: Int

    /// The number of bytes to the next piece: sizes are even.
    var paddedSize: Int { size + size % 2 }
}

/// Walks through the pieces of an AVI file.
///
/// Lists that hold frames or describe streams are entered, others passed over, and their sizes are
/// not looked at: those of a file that was cut short, or is larger than four gigabytes, are wrong.
struct AVIChunks {
    var reader: ByteReader

    private static let entered: Set<FourCC> = [
        FourCC("AVI "), FourCC("AVIX"), FourCC("hdrl"), FourCC("strl"), FourCC("movi"),
        FourCC("rec "),
    ]

    init(_ reader: ByteReader) {
        self.reader = reader
    }

    /// The next piece that is not a list, or the beginning of a list that is entered.
    ///
    /// The caller reads or passes over the bytes of the piece; a list's have been read as far as
    /// its kind, which is the name that is returned, with a size of 0.
    ///
    /// - Returns: The piece, or nil at the end.
    mutating func next() throws(FileError) -> AVIChunk? {
        while true {
            let head = try reader.peek(8)
            // Some programs leave a few bytes behind the last piece.
            guard head.count == 8 else { return nil }
            let name = FourCC(code: head.littleEndian(at: 0))
            let chunk = AVIChunk(name: name, size: Int(head.littleEndian(at: 4)))
            guard name.isText else {
                throw FileError(
                    .damaged, at: reader.source.name,
                    "the AVI video is damaged at byte \(reader.position).")
            }
            _ = try reader.take(8)
            guard name == FourCC("RIFF") || name == FourCC("LIST") else { return chunk }
            let kind = try reader.peek(4)
            guard kind.count == 4 else { return nil }
            let list = FourCC(code: kind.littleEndian(at: 0))
            if Self.entered.contains(list) {
                _ = try reader.take(4)
                return AVIChunk(name: list, size: 0)
            }
            guard try reader.skip(chunk.paddedSize) else { return nil }
        }
    }
}
