extension ConvolutionShape {
    /// Calls `body` with bands of whole output rows that cover some images: patches for algorithms
    /// that compute row by row.
    ///
    /// A band has two rows, or more where they are short and no number is given, so that it stays
    /// in the cache.
    ///
    /// - Parameters:
    ///   - images: The number of images.
    ///   - rows: The number of rows of a band; even.
    ///   - memory: `[bandCount]` floats, which every band uses.
    ///   - body: Takes each band.
    @inline(__always)
    package func forEachBand(
        of images: Int, rows: Int? = nil, in memory: UnsafeMutablePointer<Float>,
        _ body: (OutputPatch) -> Void
    ) {
        let rowCount = rows ?? bandRows
        for image in 0..<images {
            for row in Swift.stride(from: 0, to: outputHeight, by: rowCount) {
                body(
                    OutputPatch(
                        start: memory, rowStride: outputWidth * outputChannels,
                        pixelStride: outputChannels, image: image,
                        rows: row..<min(row + rowCount, outputHeight), columns: 0..<outputWidth))
            }
        }
    }

    /// The number of rows of a band, which is even.
    private var bandRows: Int {
        let cached = 8 * 1024 / max(outputWidth * outputChannels, 1)
        return min(max(2, cached / 2 * 2), (outputHeight + 1) / 2 * 2)
    }

    /// The number of pixels of a band.
    var bandPixels: Int { bandRows * outputWidth }

    /// The number of floats of a band.
    package var bandCount: Int { wholeVectors(bandRows * outputWidth * outputChannels) }
}
