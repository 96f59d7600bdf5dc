import Kernels

/// The sizes that a picture is shrunk to, so that windows of one size find faces of all sizes.
struct Pyramid {
    /// One of the sizes.
    struct Level {
        /// How many pixels of the picture one of the level stands for.
        var scale: Float
        var width, height: Int
        /// The number of pixels from one window to the next: large pictures are looked through
        /// more coarsely.
        var step: Int
        /// The numbers of windows in a row and in a column.
        var windowColumns, windowRows: Int
        /// Between which columns and rows of the picture those of the level lie.
        var columns, rows: [LinearTap]

        init(scale: Float, image: Image, cascade: Cascade) {
            self.scale = scale
            width = Int((Float(image.width) / scale).rounded(.toNearestOrEven))
            height = Int((Float(image.height) / scale).rounded(.toNearestOrEven))
            step = scale >= 2 ? 1 : 2
            windowColumns = max(0, (width - cascade.width + step) / step)
            windowRows = max(0, (height - cascade.height + step) / step)
            columns = Self.taps(from: image.width, to: width)
            rows = Self.taps(from: image.height, to: height)
        }

        private static func taps(from count: Int, to newCount: Int) -> [LinearTap] {
            let scale = 1 / (Double(newCount) / Double(count))
            return (0..<newCount).map { sample in
                let center = scale * (Double(sample) + 0.5) - 0.5
                let start = Int(center.rounded(.down))
                guard start >= 0, start < count - 1 else {
                    return LinearTap(start: start < 0 ? 0 : Int32(count - 1), weight: 0)
                }
                let weight = ((center - Double(start)) * 256).rounded(.toNearestOrEven)
                return LinearTap(start: Int32(start), weight: Int32(weight))
            }
        }
    }

    let levels: [Level]

    init(_ image: Image, cascade: Cascade, options: FaceDetector.Options) {
        levels = Self.scales(image, cascade, options).map { scale in
            Level(scale: scale, image: image, cascade: cascade)
        }.filter { $0.windowColumns > 0 && $0.windowRows > 0 }
    }

    /// The scales whose windows, in pixels of the picture, are within the limits; where there is
    /// none, the one that comes closest to the lower limit.
    private static func scales(
        _ image: Image, _ cascade: Cascade, _ options: FaceDetector.Options
    ) -> [Float] {
        // Floats, because a scale and a limit may be larger than any integer.
        func size(_ scale: Double) -> SIMD2<Double> {
            let window = SIMD2(Double(cascade.width), Double(cascade.height))
            return (window * scale).rounded(.toNearestOrEven)
        }
        let picture = SIMD2(Double(image.width), Double(image.height))
        var all: [Float] = []
        var scale = 1.0
        while (picture - size(scale)).min() >= 0 {
            all.append(Float(scale))
            scale *= options.scaleFactor
        }
        let least = Double(options.minSize)
        let most = options.maxSize == 0 ? Double.infinity : Double(options.maxSize)
        let chosen = all.filter { scale in
            let size = size(Double(scale))
            return size.min() >= least && size.max() <= most
        }
        guard chosen.isEmpty else { return chosen }
        func distance(_ scale: Float) -> Double {
            let gap = least - size(Double(scale))
            return (gap * gap).sum()
        }
        return all.min { distance($0) < distance($1) }.map { [$0] } ?? []
    }
}
