import Kernels

/// What has been said of the patches in which a convolution's output passes: that each pixel comes
/// once, and that patches begin at even places and come in order.
struct PatchLog {
    private let shape: ConvolutionShape
    private var visits: [Int]
    private var last: (image: Int, row: Int, column: Int)?
    private(set) var isAligned = true
    private(set) var isInOrder = true

    init(_ shape: ConvolutionShape, images: Int) {
        self.shape = shape
        visits = Array(repeating: 0, count: images * shape.outputPixels)
    }

    var isComplete: Bool { visits.allSatisfy { $0 == 1 } }

    mutating func add(_ patch: OutputPatch) {
        let place = (patch.image, patch.rows.lowerBound, patch.columns.lowerBound)
        isAligned =
            isAligned && holdsWholeWindows(patch.rows, of: shape.outputHeight)
            && holdsWholeWindows(patch.columns, of: shape.outputWidth)
        if let last { isInOrder = isInOrder && last < place }
        last = place
        forEachPixel(of: patch) { pixel, _ in visits[pixel] += 1 }
    }

    /// Whether a range begins at an even place, and ends at one or where the image does.
    private func holdsWholeWindows(_ range: Range<Int>, of length: Int) -> Bool {
        !range.isEmpty && range.lowerBound.isMultiple(of: 2)
            && (range.upperBound.isMultiple(of: 2) || range.upperBound == length)
    }

    /// Calls `body` with the place of each pixel among the pixels of all images, and where its
    /// channels lie.
    func forEachPixel(
        of patch: OutputPatch,
        _ body: (_ pixel: Int, _ channels: UnsafeMutablePointer<Float>) -> Void
    ) {
        for (y, row) in patch.rows.enumerated() {
            for (x, column) in patch.columns.enumerated() {
                body(
                    (patch.image * shape.outputHeight + row) * shape.outputWidth + column,
                    patch.start + y * patch.rowStride + x * patch.pixelStride)
            }
        }
    }
}
