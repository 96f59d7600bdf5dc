import Files

/// Elements that lie in memory or in a mapped file, where the system reads them page by page.
///
/// Unchecked, because nobody writes the elements.
struct StoredArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    private let owner: AnyObject
    /// The elements, as long as the array lives.
    let elements: UnsafeBufferPointer<Element>

    /// Keeps elements in memory.
    init(_ elements: [Element]) {
        self.init(unsafeUninitializedCapacity: elements.count) {
            _ = $0.initialize(from: elements)
        }
    }

    /// Keeps elements in memory that a closure writes, all of them.
    init(
        unsafeUninitializedCapacity count: Int,
        initializing body: (UnsafeMutableBufferPointer<Element>) throws -> Void
    ) rethrows {
        let memory = Memory(count: count)
        try body(memory.elements)
        owner = memory
        elements = UnsafeBufferPointer(memory.elements)
    }

    /// Elements of a file.
    ///
    /// - Precondition: They lie within the file and are aligned.
    init(_ file: MappedFile, offset: Int, count: Int) {
        owner = file
        // The file stays mapped as long as its owner lives.
        elements = file.withUnsafeBytes { bytes in
            UnsafeBufferPointer(
                start: bytes.baseAddress?.advanced(by: offset)
                    .assumingMemoryBound(to: Element.self), count: count)
        }
    }

    private final class Memory {
        let elements: UnsafeMutableBufferPointer<Element>
        init(count: Int) { elements = .allocate(capacity: count) }
        deinit { elements.deallocate() }
    }
}

extension StoredArray: RandomAccessCollection {
    var startIndex: Int { 0 }
    var endIndex: Int { elements.count }
    subscript(index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: elements.count))
        // The owner outlives the call, for `self` does.
        return elements[index]
    }
}
