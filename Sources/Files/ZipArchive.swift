import CZip
public import Foundation

/// A zip archive that is read.
///
/// An instance belongs to one thread at a time, as libzip demands; it is not `Sendable`.
public final class ZipArchive {
    /// A file or folder inside an archive.
    public struct Entry: Hashable, Sendable {
        /// The path inside the archive, with `/` between its parts: `train/happy/17.jpg`.
        public let name: String
        /// The number of bytes that the archive promises for the unpacked file.
        public let size: Int
        /// Whether this is a folder, which has no bytes.
        public var isFolder: Bool { name.hasSuffix("/") }

        let index: UInt64
    }

    /// The largest entry that is unpacked unless the caller says otherwise: 1 GiB.
    public static let defaultLimit = 1 << 30

    /// What messages call the archive: its path.
    public let location: String
    /// Files and folders in the order of the archive.
    public let entries: [Entry]

    private let handle: OpaquePointer
    /// What libzip reads from, for an archive in memory.
    private let memory: UnsafeMutableRawBufferPointer?

    /// Opens an archive; its files are read when asked for.
    ///
    /// - Throws: `FileError` if there is no such file, or if it is no zip archive.
    /// - Complexity: O(*n*) in the number of entries.
    public init(contentsOf url: URL) throws(FileError) {
        location = url.path
        // libzip would open a folder, and says less than the system about other failures.
        _ = try MappedFile(contentsOf: url)
        var code: Int32 = 0
        guard let handle = zip_open(location, ZIP_RDONLY, &code) else {
            var error = zip_error_t()
            zip_error_init_with_code(&error, code)
            throw Self.openingError(&error, at: location)
        }
        self.handle = handle
        memory = nil
        entries = Self.listEntries(of: handle)
    }

    /// Opens an archive in memory.
    ///
    /// - Parameters:
    ///   - bytes: The whole archive, which is copied.
    ///   - name: What messages call it.
    /// - Throws: `FileError` if the bytes are no zip archive.
    /// - Complexity: O(*n*) in the number of bytes.
    public init(bytes: some ContiguousBytes, name: String) throws(FileError) {
        location = name
        let memory = bytes.withUnsafeBytes { source in
            let copy = UnsafeMutableRawBufferPointer.allocate(
                byteCount: source.count, alignment: 1)
            copy.copyMemory(from: source)
            return copy
        }
        var error = zip_error_t()
        // libzip takes no bytes for a new archive.
        zip_error_init_with_code(&error, memory.isEmpty ? ZIP_ER_NOZIP : ZIP_ER_OK)
        let source = zip_source_buffer_create(
            memory.baseAddress, UInt64(memory.count), 0, &error)
        guard let source, !memory.isEmpty,
            let handle = zip_open_from_source(source, ZIP_RDONLY, &error)
        else {
            zip_source_free(source)
            memory.deallocate()
            throw Self.openingError(&error, at: name)
        }
        self.handle = handle
        self.memory = memory
        entries = Self.listEntries(of: handle)
    }

    deinit {
        zip_discard(handle)
        memory?.deallocate()
    }

    private static func openingError(
        _ error: inout zip_error_t, at location: String
    ) -> FileError {
        defer { zip_error_fini(&error) }
        return FileError(
            .damaged, at: location,
            "cannot open the zip archive: \(String(cString: zip_error_strerror(&error))). "
                + "If it was downloaded, download it again.")
    }

    private static func listEntries(of handle: OpaquePointer) -> [Entry] {
        (0..<UInt64(max(0, zip_get_num_entries(handle, 0)))).compactMap { index in
            var status = zip_stat_t()
            guard zip_stat_index(handle, index, 0, &status) == 0, let name = status.name else {
                return nil
            }
            return Entry(
                name: String(cString: name), size: Int(clamping: status.size), index: index)
        }
    }
}

extension ZipArchive {
    /// Unpacks one entry and checks its checksum.
    ///
    /// - Parameters:
    ///   - entry: One of `entries` of this archive.
    ///   - limit: The largest number of bytes to unpack.
    /// - Returns: The unpacked bytes, `entry.size` of them.
    /// - Throws: `FileError` if the entry is damaged, larger than `limit`, encrypted, or packed
    ///   otherwise than stored or deflated.
    /// - Complexity: O(*n*) in the size of the entry.
    public func read(_ entry: Entry, limit: Int = defaultLimit) throws(FileError) -> [UInt8] {
        try check(entry, limit: limit)
        guard let file = zip_fopen_index(handle, entry.index, 0) else {
            throw damaged(entry, String(cString: zip_strerror(handle)))
        }
        defer { zip_fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { buffer, count in
            while count < buffer.count {
                let read = zip_fread(
                    file, buffer.baseAddress?.advanced(by: count),
                    UInt64(buffer.count - count))
                guard read > 0 else { break }
                count += Int(read)
            }
        }
        // libzip compares the checksum when it comes to the end, so one more read is needed.
        var excess: UInt8 = 0
        let rest = zip_fread(file, &excess, 1)
        guard rest >= 0 else {
            throw damaged(entry, String(cString: zip_file_strerror(file)))
        }
        guard rest == 0, bytes.count == entry.size else {
            throw damaged(
                entry, "its size is not the \(entry.size) bytes that the archive promises")
        }
        return bytes
    }

    /// Refuses what cannot or should not be unpacked, before memory is allocated for it.
    private func check(_ entry: Entry, limit: Int) throws(FileError) {
        var status = zip_stat_t()
        guard zip_stat_index(handle, entry.index, 0, &status) == 0 else {
            throw damaged(entry, String(cString: zip_strerror(handle)))
        }
        guard status.encryption_method == ZIP_EM_NONE else {
            throw unsupported(entry, "it is encrypted")
        }
        guard [UInt16(ZIP_CM_STORE), UInt16(ZIP_CM_DEFLATE)].contains(status.comp_method) else {
            throw unsupported(
                entry,
                "its compression method, \(status.comp_method), is neither stored nor deflated")
        }
        guard entry.size <= limit else {
            throw FileError(
                .unsupported, at: place(of: entry),
                "unpacks to \(entry.size) bytes, more than the limit of \(limit).")
        }
        // A byte of a deflated stream stands for 1032 bytes at most, so a larger promise is a lie
        // that would cost memory before it is found out.
        guard entry.size / 1032 <= Int(clamping: status.comp_size) else {
            throw damaged(entry, "it promises more bytes than it can hold")
        }
    }

    private func place(of entry: Entry) -> String { "\(location), \(entry.name)" }

    private func damaged(_ entry: Entry, _ reason: String) -> FileError {
        FileError(
            .damaged, at: place(of: entry),
            "cannot unpack: \(reason). If the archive was downloaded, download it again.")
    }

    private func unsupported(_ entry: Entry, _ reason: String) -> FileError {
        FileError(
            .unsupported, at: place(of: entry),
            "cannot unpack: \(reason). Unpack it with another program first.")
    }
}
