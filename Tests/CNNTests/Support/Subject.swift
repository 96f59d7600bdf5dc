import CNN
import Kernels
import Tensor
import _TestSupport

/// Modules with parameters, a batch to feed them, and the gradient of the loss by their output.
struct Subject {
    var network: Sequential
    let batch: Int
    var input: [Float]
    let outputGradient: [Float]
    private let recording = Recording()

    /// Prepares modules, which take samples of the shape `input`, for a comparison with their oracle.
    ///
    /// Input that is `separated` is kept away from ties and from zero. A subject that does not
    /// record the gradient of its input begins with the modules themselves, whose first one reads
    /// the network's input then.
    init(
        _ modules: [any Module], input: Shape, batch: Int, separated: Bool = false,
        seed: UInt64 = 1, recordsInputGradient: Bool = true
    ) throws {
        let recorder: [any Module] = recordsInputGradient ? [Recorder(into: recording)] : []
        network = try Sequential(
            Architecture(input: input, modules: recorder + modules), seed: seed)
        self.batch = batch
        var source = RandomSource(seed: seed, 7)
        let count = batch * input.elementCount
        self.input = separated ? source.separatedValues(count) : source.values(count)
        outputGradient = source.values(batch * network.outputShape.elementCount)
        // Initializers leave biases at zero, where mistakes would not show.
        let random = source.values(network.parameterCount)
        network.parameters = Tensor(random.map { $0 * 0.7 + 0.1 }, shape: [random.count])
        let statistics = source.values(network.statistics.count)
        network.statistics = Tensor(statistics.map { $0 * 0.3 + 0.8 }, shape: [statistics.count])
    }

    /// What a step came to.
    struct Step {
        var output: [Float]
        var inputGradient: [Float] = []
        var parameterGradients: [Float] = []
        var statistics: [Float]
        /// All numbers one behind the other.
        var all: [Float] { output + inputGradient + parameterGradients + statistics }
    }

    /// Runs forward and backward pass in a workspace of its own.
    ///
    /// A workspace that is poisoned is left full of numbers that are not finite first, so that a
    /// pass that reads what it has not written is found out.
    func step(
        threads: Int = 1, mode: Mode = .training, workspaceMode: Mode = .training,
        capacity: Int? = nil, execution: Execution = Execution(), seed: UInt64 = 5,
        isPoisoned: Bool = false
    ) -> Step {
        let workspace = Workspace(
            network, batchCapacity: capacity ?? batch, mode: workspaceMode, execution: execution,
            pool: ThreadPool(threadCount: threads))
        if isPoisoned {
            var poison = self
            poison.input = Array(repeating: .nan, count: input.count)
            _ = poison.run(
                workspace, mode: mode, hasBackward: workspaceMode == .training, seed: seed)
        }
        return run(workspace, mode: mode, hasBackward: workspaceMode == .training, seed: seed)
    }

    /// Runs steps one after the other in one workspace for training; those in inference mode have
    /// no backward pass.
    func steps(_ modes: [Mode], threads: Int = 1, seed: UInt64 = 5) -> [Step] {
        let workspace = Workspace(
            network, batchCapacity: batch, mode: .training, pool: ThreadPool(threadCount: threads))
        return modes.map { mode in
            run(workspace, mode: mode, hasBackward: mode == .training, seed: seed)
        }
    }

    private func run(_ workspace: Workspace, mode: Mode, hasBackward: Bool, seed: UInt64) -> Step {
        var statistics = network.statistics
        var gradients = Tensor(repeating: .nan, shape: network.parameters.shape)
        let input = Tensor(input)
        var output: [Float] = []
        network.parameters.withUnsafeElements { parameters in
            statistics.withUnsafeMutableElements { statistics in
                gradients.withUnsafeMutableElements { gradients in
                    input.withUnsafeElements { input in
                        guard let input = input.baseAddress,
                            let parameters = parameters.baseAddress,
                            let statistics = statistics.baseAddress
                        else { preconditionFailure("a tensor without memory") }
                        let arrays = PassArrays(
                            input: input, parameters: parameters, statistics: statistics,
                            gradients: gradients.baseAddress)
                        workspace.prepare(arrays, mode: mode)
                        let result = workspace.forward(arrays, batch: batch, mode: mode, seed: seed)
                        output = Array(
                            UnsafeBufferPointer(start: result, count: outputGradient.count))
                        guard hasBackward else { return }
                        workspace.outputGradient.update(
                            from: outputGradient, count: outputGradient.count)
                        workspace.backward(arrays, batch: batch, seed: seed)
                    }
                }
            }
        }
        var step = Step(output: output, statistics: statistics.elements)
        if hasBackward {
            step.inputGradient = recording.gradient
            step.parameterGradients = gradients.elements
        }
        return step
    }

    /// The same network, computed slowly in doubles.
    func oracle(_ mode: Mode = .training) -> OracleNetwork {
        OracleNetwork(
            modules: network.architecture.modules,
            parameters: network.parameters.elements.map(Double.init),
            statistics: network.statistics.elements.map(Double.init), mode: mode)
    }

    var inputShape: [Int] { [batch] + network.inputShape.dimensions }

    var referenceInput: ReferenceArray { ReferenceArray(input, shape: inputShape) }

    /// The loss of which `outputGradient` is the gradient: `Σ gradient * output`.
    func loss(_ oracle: OracleNetwork, _ input: [Double]) -> Double {
        let output = oracle.output(of: ReferenceArray(input, shape: inputShape))
        return dot(output.values, outputGradient.map(Double.init))
    }
}
