public import Foundation

/// Writes a file piece by piece, and gives it its name only when all pieces have reached the disk.
///
/// Until `commit()` nothing changes but a temporary file in the same folder; a writer that is
/// dropped before removes it. Only a process that is killed leaves it behind: a hidden file with the
/// extension `partial`.
public struct AtomicFileWriter: ~Copyable {
    private let url: URL
    private let temporary: URL
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    /// Pieces are gathered up to this number of bytes.
    private static let capacity = 1 << 16

    /// Starts a file.
    ///
    /// - Parameter url: The file. If it is a symbolic link, the file that it points to.
    /// - Throws: `FileError` with the reason of the system: no such folder, no permission; or if it is a
    ///   folder or a device.
    public init(to url: URL) throws(FileError) {
        self.url = url.resolvingSymlinksInPath()
        temporary = AtomicFile.temporarySibling(of: self.url)
        descriptor = -1
        try Self.refuseDevice(at: url)
        descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(errno, cannot: "write", at: url) }
    }

    /// Refuses what is there and no file: a device would be replaced by a file of its name.
    private static func refuseDevice(at url: URL) throws(FileError) {
        var status = stat()
        guard stat(url.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .system(EISDIR, cannot: "write", at: url)
        }
        throw FileError(
            .unsupported, at: url.path,
            "cannot replace what is not a regular file. Name another file.")
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary.path)
    }

    /// Appends bytes.
    ///
    /// - Throws: `FileError` with the reason of the system: disk full.
    public mutating func write(_ bytes: some ContiguousBytes) throws(FileError) {
        if bytes.withUnsafeBytes(\.count) >= Self.capacity {
            try flush()
            try writeAll(bytes)
        } else {
            bytes.withUnsafeBytes { buffer.append(contentsOf: $0) }
            if buffer.count >= Self.capacity { try flush() }
        }
    }

    /// Appends text as UTF-8.
    ///
    /// - Throws: `FileError` with the reason of the system: disk full.
    public mutating func write(_ text: String) throws(FileError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.capacity { try flush() }
    }

    /// Waits until the disk has all bytes, and gives the file its name.
    ///
    /// - Parameter previous: A name in the same folder that the old contents keep. What it named
    ///   before is lost.
    /// - Throws: `FileError` with the reason of the system. The old file is untouched then.
    public mutating func commit(keepingPreviousAs previous: URL? = nil) throws(FileError) {
        try flush()
        guard fsync(descriptor) == 0 else { throw .system(errno, cannot: "write", at: url) }
        let status = close(descriptor)
        descriptor = -1
        do throws(FileError) {
            // Network file systems report a full disk as late as here.
            guard status == 0 else { throw .system(errno, cannot: "write", at: url) }
            if let previous { try AtomicFile.keep(url, as: previous) }
            try AtomicFile.rename(temporary, to: url)
        } catch {
            unlink(temporary.path)
            throw error
        }
        try AtomicFile.synchronizeFolder(of: url)
    }

    private mutating func flush() throws(FileError) {
        try writeAll(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func writeAll(_ bytes: some ContiguousBytes) throws(FileError) {
        let failure = bytes.withUnsafeBytes { bytes -> Int32? in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        if let failure { throw .system(failure, cannot: "write", at: url) }
    }
}
