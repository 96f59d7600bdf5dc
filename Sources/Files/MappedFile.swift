public import Foundation

/// The bytes of a file, read by the system page by page when they are looked at.
///
/// Files are replaced, not rewritten, while Valence runs (`AtomicFile`). A program that shortens
/// a file under its reader kills the reader with SIGBUS.
///
/// Unchecked, because the mapping is private and never written.
public final class MappedFile: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer

    /// Maps a file.
    ///
    /// - Throws: `FileError` if there is no such file, if it is a folder or a device, or if the
    ///   system refuses.
    public init(contentsOf url: URL) throws(FileError) {
        // A named pipe is to be refused, not waited for.
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(errno, cannot: "read", at: url) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .system(errno, cannot: "read", at: url)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .system(EISDIR, cannot: "read", at: url)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(
                .unsupported, at: url.path,
                "cannot read what is not a regular file. Copy it into a file first.")
        }
        let count = Int(status.st_size)
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            start != MAP_FAILED
        else { throw .system(errno, cannot: "read", at: url) }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }

    /// Lets the system take back the memory of bytes that were read; they are read from the file anew
    /// if they are looked at again.
    package func release(_ range: Range<Int>) {
        precondition(range.upperBound <= bytes.count)
        // Whole pages only: the bytes around them may still be in use.
        let page = Int(getpagesize())
        let start = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        guard start < end, let base = bytes.baseAddress else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }

    /// The CRC-32 of the whole file, which is not held in memory for it.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    package func checksum() -> UInt32 {
        let piece = 1 << 24
        return stride(from: 0, to: bytes.count, by: piece).reduce(0) { checksum, start in
            let range = start..<min(start + piece, bytes.count)
            defer { release(range) }
            return CRC32.checksum(
                of: UnsafeRawBufferPointer(rebasing: bytes[range]), continuing: checksum)
        }
    }

    /// The number of bytes.
    public var count: Int { bytes.count }
}

extension MappedFile: ContiguousBytes {
    /// Calls `body` with the bytes of the file.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }
}
