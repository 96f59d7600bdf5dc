import Kernels
public import Tensor

/// Runs a network on batches of up to a size, in memory that is planned once.
///
/// A predictor belongs to one task at a time; several tasks make one each of the same network,
/// which share its parameters.
public final class Predictor {
    /// The network.
    public let network: Sequential
    /// The largest number of samples that are computed at once.
    public let batchCapacity: Int

    private let workspace: Workspace

    /// Plans the memory for a network.
    ///
    /// - Parameters:
    ///   - network: The network to run.
    ///   - batchCapacity: The largest number of samples that are computed at once.
    ///   - threads: The number of threads that share a batch.
    ///   - endsAtLogits: Whether a softmax at the end is left out.
    public init(
        _ network: Sequential, batchCapacity: Int = 64, threads: Int = 1,
        endsAtLogits: Bool = false
    ) {
        self.network = network
        self.batchCapacity = batchCapacity
        workspace = Workspace(
            network, batchCapacity: batchCapacity, mode: .inference, endsAtLogits: endsAtLogits,
            pool: ThreadPool(threadCount: threads))
        withArrays { workspace.prepare($0, mode: .inference) }
    }

    /// Computes the network's output.
    ///
    /// - Parameter input: `[batch, ...]` in the shape of the network's input; any number of
    ///   samples.
    /// - Returns: `[batch, ...]` in the shape of the network's output.
    /// - Precondition: The samples have the shape of the network's input.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        require(
            input.rank >= 1 && Shape(Array(input.shape.dropFirst())) == network.inputShape,
            "a network that takes \(network.inputShape) cannot take samples of \(input.shape)")
        let batch = input.shape[0]
        let outputCount = network.outputShape.elementCount
        var output = Tensor(zeros: Shape([batch] + network.outputShape.dimensions))
        output.withUnsafeMutableElements { target in
            input.withUnsafeElements { source in
                for start in stride(from: 0, to: batch, by: batchCapacity) {
                    let count = min(batchCapacity, batch - start)
                    guard let source = source.baseAddress, let target = target.baseAddress else {
                        return
                    }
                    let samples = source + start * network.inputShape.elementCount
                    (target + start * outputCount).update(
                        from: forward(samples, batch: count), count: count * outputCount)
                }
            }
        }
        return output
    }

    /// Runs one batch; the result is valid until the next one.
    private func forward(_ input: UnsafePointer<Float>, batch: Int) -> UnsafePointer<Float> {
        withArrays(input: input) { arrays in
            UnsafePointer(workspace.forward(arrays, batch: batch, mode: .inference, seed: 0))
        }
    }

    private func withArrays<Result>(
        input: UnsafePointer<Float>? = nil, _ body: (PassArrays) -> Result
    ) -> Result {
        network.parameters.withUnsafeElements { parameters in
            network.statistics.withUnsafeElements { statistics in
                // Inference reads statistics and never writes them.
                body(
                    PassArrays(
                        input: input ?? parameters.start, parameters: parameters.start,
                        statistics: UnsafeMutablePointer(mutating: statistics.start)))
            }
        }
    }
}

/// A predictor's memory belongs to one task at a time.
@available(*, unavailable)
extension Predictor: Sendable {}

extension Sequential {
    /// Computes the network's output.
    ///
    /// Plans memory anew at each call; where calls repeat, make a `Predictor`.
    ///
    /// - Parameters:
    ///   - input: `[batch, ...]` in the shape of the network's input.
    ///   - threads: The number of threads that share the samples.
    /// - Returns: `[batch, ...]` in the shape of the network's output.
    public func callAsFunction(_ input: Tensor, threads: Int = 1) -> Tensor {
        let capacity = min(max(input.shape.first ?? 1, 1), 64)
        return Predictor(self, batchCapacity: capacity, threads: threads)(input)
    }
}

extension UnsafeBufferPointer<Float> {
    /// The first element; a tensor has an address even where it has no elements.
    var start: UnsafePointer<Float> {
        guard let baseAddress else { misuse("a tensor without memory") }
        return baseAddress
    }
}
