import Dispatch

/// Adds up the time that the parts of a training step take; nothing is allocated in the step.
///
/// What all workers do together counts as long as it takes. What each of them does by itself, a few
/// samples at a time, counts as the mean over all workers, since they do it side by side.
package final class StepTimer {
    /// A part of a step.
    package enum Part {
        /// What a layer derives from its parameters.
        case prepare(layer: Int)
        /// A layer's output.
        case forward(layer: Int)
        /// A layer's gradients.
        case backward(layer: Int)
        /// The loss and its gradient.
        case loss
        /// What is made of the gradients.
        case update
    }

    private let workers: Int
    private let layers: Int
    /// The distance from a row to the next: whole cache lines, so that no two workers write to one.
    private let rowStride: Int
    /// Nanoseconds, `[1 + workers, parts]`: first what all workers did together.
    private let nanoseconds: UnsafeMutableBufferPointer<UInt64>

    init(layers: Int, workers: Int) {
        self.layers = layers
        self.workers = workers
        let lane = Self.cacheLine / MemoryLayout<UInt64>.stride
        rowStride = (3 * layers + 2 + lane - 1) / lane * lane
        let count = (1 + workers) * rowStride
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: count * MemoryLayout<UInt64>.stride, alignment: Self.cacheLine)
        nanoseconds = memory.bindMemory(to: UInt64.self)
        nanoseconds.initialize(repeating: 0)
    }

    deinit {
        nanoseconds.deallocate()
    }

    private static let cacheLine = 64

    /// Sets all times to zero.
    package func reset() {
        nanoseconds.update(repeating: 0)
    }

    /// The milliseconds that a part has taken since the times were zero.
    package func milliseconds(_ part: Part) -> Double {
        let index = index(of: part)
        let alone = (1...workers).reduce(0) { $0 + nanoseconds[$1 * rowStride + index] }
        return (Double(nanoseconds[index]) + Double(alone) / Double(workers)) / 1e6
    }

    /// Calls `body`, and adds the time it takes to that of a part.
    ///
    /// - Parameters:
    ///   - part: The part.
    ///   - worker: Who does it; nil where all workers do it together.
    ///   - body: What is done.
    /// - Returns: What `body` returns.
    func measure<Result>(_ part: Part, worker: Int?, _ body: () -> Result) -> Result {
        let start = DispatchTime.now().uptimeNanoseconds
        defer {
            let row = worker.map { $0 + 1 } ?? 0
            nanoseconds[row * rowStride + index(of: part)] +=
                DispatchTime.now().uptimeNanoseconds - start
        }
        return body()
    }

    private func index(of part: Part) -> Int {
        switch part {
        case .prepare(let layer): 3 * layer
        case .forward(let layer): 3 * layer + 1
        case .backward(let layer): 3 * layer + 2
        case .loss: 3 * layers
        case .update: 3 * layers + 1
        }
    }
}
