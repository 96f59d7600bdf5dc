import Files
import Foundation

/// A file of named arrays that is used where it lies, mapped into memory.
///
/// Layout, in the byte order of the machine (little endian on all that Valence runs on):
///
/// | bytes | what |
/// |---|---|
/// | 8 | `VALENCE` and a line feed |
/// | 4 | the version of this layout, 1 |
/// | 4 | the CRC-32 of the header |
/// | 8 | the length of the header |
/// | ... | the header, JSON: kind, version of the kind, attributes, sections with place and CRC-32 |
/// | ... | the sections, each at a multiple of 64 bytes |
///
/// Opening tests all of this but the sections' own checksums, which takes the same time for a file
/// of any size; `verify()` reads everything.
struct ArrayFile {
    /// One array of a file.
    struct Section: Codable, Equatable {
        let name: String
        let offset: Int
        /// The number of elements.
        let count: Int
        /// The bytes of an element.
        let stride: Int
        let checksum: UInt32
    }

    /// What is known without reading the sections.
    private struct Header: Codable {
        let kind: String
        let version: Int
        let attributes: [String: String]
        let sections: [Section]
    }

    private static let magic = Array("VALENCE\n".utf8)
    private static let version: UInt32 = 1
    private static let prologue = 24
    private static let alignment = 64

    private let url: URL
    private let file: MappedFile
    private let header: Header

    /// What the writer noted about the arrays.
    var attributes: [String: String] { header.attributes }

    /// Opens a file and tests its header.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - kind: What the file must hold: `graph`.
    ///   - version: The version of that kind.
    /// - Throws: `FileError` if it cannot be read, is damaged, or holds something else.
    init(contentsOf url: URL, kind: String, version: Int) throws(FileError) {
        self.url = url
        file = try MappedFile(contentsOf: url)
        guard let header = file.withUnsafeBytes(Self.header) else {
            throw FileError(
                .damaged, at: url.path, "is damaged, or no file of Valence. Build it again.")
        }
        guard header.kind == kind, header.version == version else {
            throw FileError(
                .unsupported, at: url.path,
                "holds \(header.kind), version \(header.version), not \(kind), version \(version). "
                    + "Build it again.")
        }
        self.header = header
        let size = file.count
        let isWhole = header.sections.allSatisfy { section in
            let (length, overflow) = section.count.multipliedReportingOverflow(by: section.stride)
            return section.offset >= 0 && section.offset % Self.alignment == 0 && section.count >= 0
                && section.stride > 0 && !overflow && section.offset <= size
                && length <= size - section.offset
        }
        guard isWhole else { throw damage("is cut short") }
    }

    /// The header, if its bytes are those that were written.
    private static func header(in bytes: UnsafeRawBufferPointer) -> Header? {
        guard bytes.count >= prologue, bytes.starts(with: magic),
            bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == version
        else { return nil }
        let checksum = bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
        let length = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        guard length <= UInt64(bytes.count - prologue) else { return nil }
        let text = Data(bytes[prologue..<(prologue + Int(length))])
        guard CRC32.checksum(of: text) == checksum else { return nil }
        return try? JSONDecoder().decode(Header.self, from: text)
    }

    /// An array of the file.
    ///
    /// - Throws: `FileError` if the file has no such array of such elements.
    func array<Element>(
        _ name: String, of type: Element.Type = Element.self
    ) throws(FileError) -> StoredArray<Element> {
        let section = try section(name)
        guard section.stride == MemoryLayout<Element>.stride else {
            throw damage("the array \(name) has other elements")
        }
        return StoredArray(file, offset: section.offset, count: section.count)
    }

    /// The CRC-32 that the header gives for an array.
    ///
    /// - Throws: `FileError` if the file has no such array.
    func checksum(of name: String) throws(FileError) -> UInt32 { try section(name).checksum }

    private func section(_ name: String) throws(FileError) -> Section {
        if let section = header.sections.first(where: { $0.name == name }) { return section }
        throw damage("has no array \(name)")
    }

    /// The error of arrays that do not fit each other.
    func damage(_ reason: String) -> FileError {
        FileError(.damaged, at: url.path, "\(reason). Build it again.")
    }

    /// Reads the whole file and tests the checksum of each array.
    ///
    /// - Throws: `FileError` that names the array that is damaged.
    /// - Complexity: O(*n*) in the number of bytes.
    func verify() throws(FileError) {
        for section in header.sections {
            let bytes: StoredArray<UInt8> = StoredArray(
                file, offset: section.offset, count: section.count * section.stride)
            guard CRC32.checksum(of: UnsafeRawBufferPointer(bytes.elements)) == section.checksum
            else { throw damage("the array \(section.name) is damaged") }
        }
    }

    /// Writes arrays; a reader finds the old file or the new one, never a part.
    ///
    /// - Parameters:
    ///   - arrays: The names and the bytes of the arrays, in their order.
    ///   - attributes: What `attributes` gives.
    ///   - kind: What the file holds.
    ///   - version: The version of that kind.
    ///   - url: The file.
    /// - Throws: `FileError` if the disk is full, say.
    static func write(
        _ arrays: [Contents], attributes: [String: String] = [:], kind: String, version: Int,
        to url: URL
    ) throws(FileError) {
        // The offsets are part of the header, whose length they change: so room is kept for them.
        let room =
            (prologue + 1024 + arrays.count * 256
                + attributes.reduce(0) {
                    $0 + 4 * ($1.key.utf8.count + $1.value.utf8.count)
                })
        var end = room
        var sections: [Section] = []
        for array in arrays {
            let offset = (end + alignment - 1) / alignment * alignment
            sections.append(
                Section(
                    name: array.name, offset: offset, count: array.size / array.stride,
                    stride: array.stride, checksum: array.checksum))
            end = offset + array.size
        }
        let header = Header(
            kind: kind, version: version, attributes: attributes, sections: sections)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let text = try? encoder.encode(header), prologue + text.count <= room else {
            preconditionFailure("a header of names and numbers can be written")
        }

        var start = magic
        withUnsafeBytes(of: Self.version) { start.append(contentsOf: $0) }
        withUnsafeBytes(of: CRC32.checksum(of: text)) { start.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(text.count)) { start.append(contentsOf: $0) }
        start.append(contentsOf: text)

        var writer = try AtomicFileWriter(to: url)
        try writer.write(start)
        var position = start.count
        for (array, section) in zip(arrays, sections) {
            try writer.write([UInt8](repeating: 0, count: section.offset - position))
            for piece in array.pieces { try writer.write(piece) }
            position = section.offset + array.size
        }
        try writer.commit()
    }

    /// An array to be written.
    struct Contents {
        fileprivate let name: String
        fileprivate let stride: Int
        fileprivate let pieces: [UnsafeRawBufferPointer]
        /// Keeps the bytes alive.
        private let owner: Any

        /// The elements of an array.
        init<Element>(_ name: String, _ array: StoredArray<Element>) {
            self.init(name, [array])
        }

        /// The elements of arrays, one after the other, as one array.
        init<Element>(_ name: String, _ arrays: [StoredArray<Element>]) {
            self.name = name
            stride = MemoryLayout<Element>.stride
            pieces = arrays.map { UnsafeRawBufferPointer($0.elements) }
            owner = arrays
        }

        /// The number of bytes.
        fileprivate var size: Int { pieces.reduce(0) { $0 + $1.count } }

        fileprivate var checksum: UInt32 {
            pieces.reduce(0) { CRC32.checksum(of: $1, continuing: $0) }
        }
    }
}
