import Files
import Foundation

/// A new file that bytes are added to, and some of them corrected afterwards.
final class OutputFile {
    /// The number of bytes so far.
    private(set) var count = 0
    /// The path, for messages.
    var path: String { url.path }

    private let url: URL
    private var descriptor: Int32

    /// Creates a file, or empties it.
    init(_ url: URL) throws(FileError) {
        self.url = url
        descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(errno, cannot: "write", at: url) }
    }

    deinit {
        if descriptor >= 0 { Foundation.close(descriptor) }
    }

    /// Adds bytes.
    func append(_ bytes: [UInt8]) throws(FileError) {
        try write(bytes, at: count)
        count += bytes.count
    }

    /// Replaces bytes.
    func overwrite(_ bytes: [UInt8], at position: Int) throws(FileError) {
        try write(bytes, at: position)
    }

    /// Closes the file; a network's file system may report a full disk as late as here.
    func close() throws(FileError) {
        let status = Foundation.close(descriptor)
        descriptor = -1
        guard status == 0 else { throw .system(errno, cannot: "write", at: url) }
    }

    private func write(_ bytes: [UInt8], at position: Int) throws(FileError) {
        let number: Int32? = bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(position + done))
                if count >= 0 {
                    done += count
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        if let number { throw .system(number, cannot: "write", at: url) }
    }
}
