import Kernels
import Synchronization
import Tensor

/// Looks through pictures with a cascade, in memory that is planned once for each size of picture.
///
/// Belongs to one task at a time; `FaceDetector` has as many as tasks use it at once. It is handed
/// from one to the other, which is why it is unchecked.
final class FaceScanner: @unchecked Sendable {
    private let cascade: Cascade
    private let pool: ThreadPool
    private var plan: DetectionPlan?
    private var memories: [ScanMemory] = []

    init(_ cascade: Cascade, threads: Int) {
        self.cascade = cascade
        pool = ThreadPool(threadCount: threads)
    }

    /// All windows of a grayscale picture that pass the cascade, in an order that does not depend
    /// on the number of threads.
    func windows(in image: Image, options: FaceDetector.Options) -> [FaceWindow] {
        let plan = plan(for: image, options)
        guard !plan.strips.isEmpty else { return [] }
        // Each strip's own list, so that it does not matter which thread finds what.
        var found = [[FaceWindow]](repeating: [], count: plan.strips.count)
        let next = Atomic(0)
        found.withUnsafeMutableBufferPointer { found in
            image.samples.withUnsafeBufferPointer { samples in
                guard let start = samples.baseAddress else { return }
                pool.split(pool.threadCount) { worker, _ in
                    while true {
                        let strip = next.wrappingAdd(1, ordering: .relaxed).oldValue
                        guard strip < plan.strips.count else { return }
                        found[strip] = scan(plan.strips[strip], of: start, plan, memories[worker])
                    }
                }
            }
        }
        return found.flatMap { $0 }
    }

    private func plan(for image: Image, _ options: FaceDetector.Options) -> DetectionPlan {
        if let plan, plan.width == image.width, plan.height == image.height,
            plan.options.findsSameWindows(as: options)
        {
            return plan
        }
        let new = DetectionPlan(
            image, cascade: cascade, options: options, threads: pool.threadCount)
        memories = (0..<pool.threadCount).map { _ in ScanMemory(new) }
        plan = new
        return new
    }

    private func scan(
        _ strip: DetectionPlan.Strip, of samples: UnsafePointer<UInt8>, _ plan: DetectionPlan,
        _ memory: ScanMemory
    ) -> [FaceWindow] {
        let level = plan.pyramid.levels[strip.level]
        let compiled = plan.cascade(for: level)
        var found: [FaceWindow] = []
        withExtendedLifetime(compiled) {
            level.rows.withUnsafeBufferPointer { rows in
                level.columns.withUnsafeBufferPointer { columns in
                    scanStrip(
                        of: samples, shape: strip.shape, program: compiled.program, rows: rows,
                        columns: columns, memory: memory.pointers
                    ) { column, row, sum in
                        found.append(
                            FaceWindow(
                                column: column, row: row, sum: sum, level: level,
                                cascade: cascade))
                    }
                }
            }
        }
        return found
    }
}

/// A window that passed all stages, in pixels of the picture.
struct FaceWindow: Hashable {
    var x, y, width, height: Int
    /// How far the sum of the last stage is above its threshold.
    var margin: Float
}

extension FaceWindow {
    fileprivate init(column: Int, row: Int, sum: Float, level: Pyramid.Level, cascade: Cascade) {
        func scaled(_ pixels: Int) -> Int {
            Int((Float(pixels) * level.scale).rounded(.toNearestOrEven))
        }
        self.init(
            x: scaled(column), y: scaled(row), width: scaled(cascade.width),
            height: scaled(cascade.height),
            margin: sum - (cascade.stages.last?.threshold ?? 0))
    }
}
