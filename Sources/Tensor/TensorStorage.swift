/// The memory behind a tensor: floats on a 64-byte boundary, shared until somebody writes.
///
/// Unchecked, because a tensor writes only to storage that nobody else refers to
/// (`isKnownUniquelyReferenced`), and storage that is shared is never written.
final class TensorStorage: @unchecked Sendable {
    static let alignment = 64

    let count: Int
    let elements: UnsafeMutablePointer<Float>

    /// Memory that is not initialized yet; whoever asks for it fills it.
    init(uninitialized count: Int) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        elements =
            UnsafeMutableRawPointer
            .allocate(byteCount: bytes, alignment: Self.alignment)
            .bindMemory(to: Float.self, capacity: max(count, 1))
    }

    convenience init(copying other: TensorStorage) {
        self.init(uninitialized: other.count)
        elements.update(from: other.elements, count: count)
    }

    deinit {
        elements.deallocate()
    }
}
