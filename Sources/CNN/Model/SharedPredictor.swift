import Synchronization
public import Tensor

/// Runs a network for any number of tasks at once.
///
/// Each call borrows a predictor, so that there come to be as many of them as there ever were calls
/// at the same time; all share the network's parameters.
public final class SharedPredictor: Sendable {
    /// The network.
    public let network: Sequential

    private let batchCapacity: Int
    private let endsAtLogits: Bool
    private let idle = Mutex<[Loan]>([])

    /// Makes the first predictor.
    ///
    /// - Parameters:
    ///   - network: The network to run.
    ///   - batchCapacity: The largest number of samples that are computed at once.
    ///   - endsAtLogits: Whether a softmax at the end is left out.
    public init(_ network: Sequential, batchCapacity: Int, endsAtLogits: Bool = false) {
        self.network = network
        self.batchCapacity = batchCapacity
        self.endsAtLogits = endsAtLogits
        let first = Loan(predictor: makePredictor())
        idle.withLock { $0.append(first) }
    }

    /// Computes the network's output on the calling thread; see `Predictor`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let loan = idle.withLock { $0.popLast() } ?? Loan(predictor: makePredictor())
        defer { idle.withLock { $0.append(loan) } }
        return loan.predictor(input)
    }

    private func makePredictor() -> Predictor {
        Predictor(network, batchCapacity: batchCapacity, threads: 1, endsAtLogits: endsAtLogits)
    }

    /// A predictor that belongs to one call, or to nobody.
    ///
    /// Unchecked, because it is either in `idle`, where nobody runs it, or in the hands of the one
    /// call that took it out.
    private struct Loan: @unchecked Sendable {
        let predictor: Predictor
    }
}
