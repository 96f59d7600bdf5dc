import Files

/// Bytes that come one after the other: of a file, or of what a program prints.
protocol ByteSource: AnyObject {
    /// What messages call it.
    var name: String { get }
    /// How many bytes are left, where that is known.
    var remaining: Int? { get }

    /// Reads some bytes, at least one.
    ///
    /// - Returns: Their number, or 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int
}
