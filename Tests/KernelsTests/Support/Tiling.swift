import Kernels
import _TestSupport

/// The ways in which images come in patches.
enum Tiling: CaseIterable {
    case whole, bands, tilesOf4, tilesOf2

    /// Calls `body` with patches that cover an image of `[height, width, channels]` in order: each
    /// holds the image's values at first, and what it holds in the end is written to the image.
    ///
    /// Pixels of tiles lie apart, with no numbers between them.
    func forEachPatch(
        of image: UnsafeMutablePointer<Float>, height: Int, width: Int, channels: Int,
        _ body: (OutputPatch) -> Void
    ) {
        let size: (height: Int, width: Int) =
            switch self {
            case .whole: (height, width)
            case .bands: (2, width)
            case .tilesOf4: (4, 4)
            case .tilesOf2: (2, 2)
            }
        let pixelStride = self == .tilesOf4 || self == .tilesOf2 ? channels + 3 : channels
        for row in stride(from: 0, to: height, by: size.height) {
            for column in stride(from: 0, to: width, by: size.width) {
                let memory = GuardedFloats(size.height * size.width * pixelStride)
                let patch = OutputPatch(
                    start: memory.start, rowStride: size.width * pixelStride,
                    pixelStride: pixelStride, image: 0, rows: row..<min(row + size.height, height),
                    columns: column..<min(column + size.width, width))
                func forEachPixel(
                    _ body: (_ place: UnsafeMutablePointer<Float>, _ pixel: Int) -> Void
                ) {
                    for y in patch.rows {
                        for x in patch.columns {
                            body(
                                patch.start + (y - row) * patch.rowStride
                                    + (x - column) * pixelStride,
                                (y * width + x) * channels)
                        }
                    }
                }
                forEachPixel { place, pixel in place.update(from: image + pixel, count: channels) }
                body(patch)
                forEachPixel { place, pixel in
                    (image + pixel).update(from: place, count: channels)
                }
                precondition(memory.isIntact, "memory around a patch was written to")
            }
        }
    }
}
