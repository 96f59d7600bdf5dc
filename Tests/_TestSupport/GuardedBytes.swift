import Foundation

/// Exactly as many bytes as somebody asked for, beside memory that nobody may touch.
///
/// Who reads or writes only one byte beyond them is killed with SIGSEGV.
public final class GuardedBytes {
    /// Which end the forbidden memory begins at; the other has at most a page less one byte between.
    public enum Side: CaseIterable, Sendable {
        /// Before the first byte.
        case front
        /// Behind the last.
        case back
    }

    /// The bytes.
    public let bytes: UnsafeMutableBufferPointer<UInt8>

    private let pages: UnsafeMutableRawPointer
    private let pageBytes: Int

    /// Copies bytes.
    public init(_ elements: [UInt8], guarding side: Side) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let space = (elements.count + page - 1) / page * page
        pageBytes = space + 2 * page
        guard
            let pages = mmap(
                nil, pageBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), pages != MAP_FAILED
        else { fatalError("no memory for \(elements.count) bytes between guards") }
        self.pages = pages
        mprotect(pages + page, space, PROT_READ | PROT_WRITE)
        let start = pages + page + (side == .front ? 0 : space - elements.count)
        bytes = UnsafeMutableBufferPointer(
            start: start.assumingMemoryBound(to: UInt8.self), count: elements.count)
        _ = bytes.initialize(from: elements)
    }

    deinit {
        munmap(pages, pageBytes)
    }

    /// The bytes as they are now.
    public var elements: [UInt8] { Array(bytes) }
}
