import Kernels
import Synchronization
import Tensor

/// Looks through pictures with a cascade, in memory that is planned once for each size of picture.
///
/// Belongs to one task at a time; `FaceDetector` has as many as tasks use it at once. It is handed
/// from one to the other, which is why it is unchecked.
final class FaceScanner: @unchecked Sendable {
    /// The most windows of a picture that are kept.
    ///
    /// Photographs have thousands at most; a cascade that lets everything pass should cost neither
    /// memory nor hours.
    static let windowLimit = 100_000

    private let cascade: Cascade
    private let pool: ThreadPool
    private var plan: DetectionPlan?
    private var memories: [ScanMemory] = []

    init(_ cascade: Cascade, threads: Int) {
        self.cascade = cascade
        pool = ThreadPool(threadCount: threads)
    }

    /// The windows of a grayscale picture that pass the cascade, from the smallest size to the
    /// largest and row by row; the first 100,000 where there are more.
    func windows(in image: Image, options: FaceDetector.Options) -> [FaceWindow] {
        let plan = plan(for: image, options)
        guard !plan.strips.isEmpty else { return [] }
        // Each strip's own list, so that it does not matter which thread finds what.
        var found = [[FaceWindow]](repeating: [], count: plan.strips.count)
        let next = Atomic(0)
        let count = Atomic(0)
        found.withUnsafeMutableBufferPointer { found in
            image.samples.withUnsafeBufferPointer { samples in
                guard let start = samples.baseAddress else { return }
                pool.split(pool.threadCount) { worker, _ in
                    // Strips are taken in their order, so that what counts here comes before the next.
                    while count.load(ordering: .acquiring) < Self.windowLimit {
                        let strip = next.wrappingAdd(1, ordering: .relaxed).oldValue
                        guard strip < plan.strips.count else { return }
                        found[strip] = scan(plan.strips[strip], of: start, plan, memories[worker])
                        count.wrappingAdd(found[strip].count, ordering: .releasing)
                    }
                }
            }
        }
        return Array(found.joined().prefix(Self.windowLimit))
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
        // The kernel finds them in an order that depends on where a strip begins.
        found.sort { ($0.y, $0.x) < ($1.y, $1.x) }
        return Array(found.prefix(Self.windowLimit))
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
