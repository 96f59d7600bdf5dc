import CZip
public import Foundation

/// Collects files and writes them as a zip archive.
///
/// The same files give the same bytes whenever they are written: entries carry no time.
public struct ZipArchiveWriter: Sendable {
    /// How an entry is packed.
    public enum Method: Sendable {
        /// As it is.
        case stored
        /// Compressed.
        case deflated
    }

    private struct Entry {
        var name: String
        var bytes: [UInt8]
        var method: Method
    }

    private var entries: [Entry] = []

    /// Creates an archive without files.
    public init() {}

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: The path inside the archive; a name that was used before is refused when the
    ///     archive is written.
    ///   - bytes: The contents.
    ///   - method: How they are packed.
    public mutating func add(name: String, bytes: [UInt8], method: Method = .deflated) {
        entries.append(Entry(name: name, bytes: bytes, method: method))
    }

    /// Writes the archive in place of the file, which keeps its old bytes if that fails.
    ///
    /// - Throws: `FileError` if two files have one name, or the system refuses.
    /// - Complexity: O(*n*) in the number of bytes.
    public func write(to url: URL) throws(FileError) {
        try AtomicFile.write(archive(name: url.path), to: url)
    }

    /// The bytes of the archive.
    ///
    /// - Parameter name: What messages call it.
    /// - Returns: What `write(to:)` would write.
    /// - Throws: `FileError` if two files have one name.
    /// - Complexity: O(*n*) in the number of bytes.
    public func archive(name: String) throws(FileError) -> [UInt8] {
        guard !entries.isEmpty else { return Self.emptyArchive }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let target = zip_source_buffer_create(nil, 0, 0, &error) else {
            throw failure(String(cString: zip_error_strerror(&error)), at: name)
        }
        defer { zip_source_free(target) }
        // One reference for the archive, which lets go of it when it is closed, and one for us.
        zip_source_keep(target)
        guard let handle = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
            zip_source_free(target)
            throw failure(String(cString: zip_error_strerror(&error)), at: name)
        }
        for entry in entries {
            guard add(entry, to: handle) else {
                defer { zip_discard(handle) }
                throw failure("\(entry.name): \(String(cString: zip_strerror(handle)))", at: name)
            }
        }
        guard zip_close(handle) == 0 else {
            defer { zip_discard(handle) }
            throw failure(String(cString: zip_strerror(handle)), at: name)
        }
        guard let bytes = contents(of: target) else {
            throw failure(String(cString: zip_error_strerror(zip_source_error(target))), at: name)
        }
        return bytes
    }

    private func add(_ entry: Entry, to handle: OpaquePointer) -> Bool {
        // libzip packs when the archive is closed, and frees this copy with `free` then.
        let copy = malloc(max(1, entry.bytes.count))
        entry.bytes.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress {
                copy?.copyMemory(from: start, byteCount: bytes.count)
            }
        }
        guard let source = zip_source_buffer(handle, copy, UInt64(entry.bytes.count), 1) else {
            free(copy)
            return false
        }
        let index = zip_file_add(handle, entry.name, source, UInt32(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            return false
        }
        let method = entry.method == .stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE
        return zip_set_file_compression(handle, UInt64(index), method, 0) == 0
            && zip_file_set_dostime(handle, UInt64(index), 0, Self.firstDay, 0) == 0
    }

    private func contents(of source: OpaquePointer) -> [UInt8]? {
        var status = zip_stat_t()
        guard zip_source_stat(source, &status) == 0, zip_source_open(source) == 0 else {
            return nil
        }
        defer { zip_source_close(source) }
        let size = Int(status.size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, Int(zip_source_read(source, buffer.baseAddress, UInt64(size))))
        }
        return bytes.count == size ? bytes : nil
    }

    private func failure(_ reason: String, at location: String) -> FileError {
        FileError(.inaccessible, at: location, "cannot write the zip archive: \(reason).")
    }

    /// January 1st, 1980, the first day that a zip archive can name.
    private static let firstDay: UInt16 = 1 << 5 | 1

    /// The end-of-directory record alone: libzip does not write archives without entries.
    private static let emptyArchive: [UInt8] =
        [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
}
