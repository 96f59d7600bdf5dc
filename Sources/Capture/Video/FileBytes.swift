import Files
import Foundation

/// The bytes of a file, of which few are in memory at a time.
final class FileBytes: ByteSource {
    let name: String
    private(set) var remaining: Int?
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: `FileError` if there is none, if it is not a regular file, or if the system
    ///   refuses.
    init(_ url: URL) throws(FileError) {
        name = url.path
        // Without waiting: a pipe in the place of a file would have nobody write to it.
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(errno, cannot: "read", at: url) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let number = errno
            close(descriptor)
            throw .system(number, cannot: "read", at: url)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw status.st_mode & S_IFMT == S_IFDIR
                ? .system(EISDIR, cannot: "read", at: url)
                : FileError(
                    .unsupported, at: url.path,
                    "cannot read what is not a regular file. Copy it into a file first.")
        }
        remaining = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                // A file that somebody writes to may have grown.
                remaining = count == 0 ? 0 : max(0, (remaining ?? 0) - count)
                return count
            }
            guard errno == EINTR else {
                throw .system(errno, cannot: "read", at: URL(filePath: name))
            }
        }
    }
}
