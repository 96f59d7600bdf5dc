import Files

/// Reads numbers, lines and blocks from bytes that come one after the other.
struct ByteReader {
    /// Where the bytes come from.
    let source: any ByteSource
    /// The number of bytes that were read or skipped.
    private(set) var position = 0

    private var buffer: [UInt8] = []
    private var start = 0

    /// Reads from the next byte of a source on.
    init(_ source: any ByteSource) {
        self.source = source
    }

    /// How many bytes are left, where that is known.
    var remaining: Int? { source.remaining.map { $0 + buffer.count - start } }

    /// The next bytes, which remain the next; fewer at the end.
    mutating func peek(_ count: Int) throws(FileError) -> ArraySlice<UInt8> {
        while buffer.count - start < count, try refill() {}
        return buffer[start..<min(start + count, buffer.count)]
    }

    /// The next bytes; fewer at the end.
    mutating func take(_ count: Int) throws(FileError) -> ArraySlice<UInt8> {
        let bytes = try peek(count)
        start += bytes.count
        position += bytes.count
        return bytes
    }

    /// The bytes up to the end of a line, which is not among them.
    ///
    /// - Returns: nil if there is no end of a line in the next `limit` bytes.
    mutating func line(limit: Int) throws(FileError) -> ArraySlice<UInt8>? {
        var count = 0
        while count < limit {
            let next = try peek(min(limit, count + 128))
            if let end = next.dropFirst(count).firstIndex(of: UInt8(ascii: "\n")) {
                return try take(end - next.startIndex + 1).dropLast()
            }
            guard next.count > count else { return nil }
            count = next.count
        }
        return nil
    }

    /// Reads a block into the front of an array, which grows if it is too small.
    ///
    /// - Returns: Whether there were enough bytes; where it is known that there are not, none is
    ///   read and nothing grows.
    mutating func read(_ count: Int, into block: inout [UInt8]) throws(FileError) -> Bool {
        if let remaining, remaining < count { return false }
        if block.count < count { block = [UInt8](repeating: 0, count: count) }
        let buffered = min(count, buffer.count - start)
        block.replaceSubrange(0..<buffered, with: buffer[start..<start + buffered])
        start += buffered
        position += buffered
        var filled = buffered
        while filled < count {
            let more = try readSome(into: &block, filled..<count)
            guard more > 0 else { return false }
            filled += more
            position += more
        }
        return true
    }

    /// Passes bytes over.
    ///
    /// - Returns: Whether there were enough.
    mutating func skip(_ count: Int) throws(FileError) -> Bool {
        var left = count
        while left > 0 {
            let passed = min(left, buffer.count - start)
            start += passed
            position += passed
            left -= passed
            if left > 0, try !refill() { return false }
        }
        return true
    }

    /// Reads some more bytes behind those that are buffered.
    private mutating func refill() throws(FileError) -> Bool {
        buffer.removeSubrange(..<start)
        start = 0
        let (old, room) = (buffer.count, 1 << 16)
        buffer.append(contentsOf: repeatElement(0, count: room))
        var count = 0
        defer { buffer.removeSubrange((old + count)...) }
        count = try readSome(into: &buffer, old..<old + room)
        return count > 0
    }

    private func readSome(
        into bytes: inout [UInt8], _ range: Range<Int>
    ) throws(FileError) -> Int {
        let result: Result<Int, FileError> = bytes.withUnsafeMutableBytes { bytes in
            Result { () throws(FileError) in
                try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[range]))
            }
        }
        return try result.get()
    }
}

extension ArraySlice<UInt8> {
    /// The number of four bytes from the given one on, the lowest first.
    func littleEndian(at offset: Int) -> UInt32 {
        self[(startIndex + offset)...].prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
