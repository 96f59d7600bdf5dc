import Kernels

extension Tensor {
    /// Creates a tensor from elements of any type as they lie in a file, in row-major order.
    ///
    /// - Precondition: `bytes` holds the elements; more may follow.
    init(
        decoding bytes: UnsafeRawBufferPointer, type: ElementType, bigEndian: Bool = false,
        shape: Shape
    ) {
        let count = shape.elementCount
        require(
            bytes.count / type.byteCount >= count,
            "decoding: \(bytes.count) bytes do not fill the shape \(shape)")
        self.init(shape: shape) { elements in
            guard let start = bytes.baseAddress, count > 0 else { return }
            decodeElements(type, bigEndian: bigEndian, count: count, start, result: elements)
        }
    }
}
