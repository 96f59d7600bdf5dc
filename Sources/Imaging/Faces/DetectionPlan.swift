import Kernels

/// Everything about looking for faces that depends on the size of a picture and on the options
/// only.
struct DetectionPlan {
    /// Rows of windows of one level, which one thread looks through.
    struct Strip {
        var level: Int
        var shape: StripShape
    }

    let width, height: Int
    let options: FaceDetector.Options
    let pyramid: Pyramid
    /// The strips, level by level from the largest.
    let strips: [Strip]
    /// The number of sums in a row, and in each table.
    let stride, tableCount: Int
    /// How much later than the sums the tilted ones lie; 0 where the cascade needs none.
    let tiltedOffset: Int
    /// The most windows in a row.
    let windowColumns: Int
    /// The cascade for levels of steps of 1 and of 2 pixels.
    private let compiled: (CompiledCascade, CompiledCascade)

    init(_ image: Image, cascade: Cascade, options: FaceDetector.Options, threads: Int) {
        width = image.width
        height = image.height
        self.options = options
        pyramid = Pyramid(image, cascade: cascade, options: options)
        let levels = pyramid.levels
        strips = Self.strips(of: levels, width: image.width, threads: threads)
        stride = SumLayout.stride(forWidth: levels.map(\.width).max() ?? 0)
        let rows = strips.map { strip in
            (strip.shape.windowRows - 1) * levels[strip.level].step + cascade.height
        }
        tableCount = ((rows.max() ?? 0) + 3) * stride
        tiltedOffset = cascade.hasTiltedFeatures ? tableCount : 0
        windowColumns = levels.map(\.windowColumns).max() ?? 0
        let (stride, tiltedOffset) = (stride, tiltedOffset)
        func compile(_ step: Int) -> CompiledCascade {
            CompiledCascade(
                cascade, layout: SumLayout(stride: stride, step: step), tiltedOffset: tiltedOffset)
        }
        compiled = (compile(1), compile(2))
    }

    /// The cascade for a level.
    func cascade(for level: Pyramid.Level) -> CompiledCascade {
        level.step == 1 ? compiled.0 : compiled.1
    }

    /// The most pixels of a strip that is not the shortest possible, which bounds the memory for
    /// large pictures.
    private static let stripLimit = 1 << 21

    /// Cuts the levels so that the last strips of all threads end at about the same time.
    private static func strips(
        of levels: [Pyramid.Level], width: Int, threads: Int
    ) -> [Strip] {
        let windows = levels.map { $0.windowColumns * $0.windowRows }
        let share = windows.reduce(0, +) / (8 * threads) + 1
        return zip(levels.indices, windows).flatMap { index, count in
            let level = levels[index]
            let rows = max(64, stripLimit / level.width) / level.step
            let parts = min(
                level.windowRows, max((count + share - 1) / share, level.windowRows / rows))
            return (0..<parts).map { part in
                let rows = ThreadPool.share(of: level.windowRows, worker: part, of: parts)
                return Strip(
                    level: index,
                    shape: StripShape(
                        sourceWidth: width, firstRow: rows.lowerBound * level.step,
                        windowRows: rows.count, windowColumns: level.windowColumns))
            }
        }
    }
}

extension Cascade {
    fileprivate var hasTiltedFeatures: Bool {
        switch features {
        case .haar(let features): features.contains(where: \.isTilted)
        case .patterns: false
        }
    }
}
