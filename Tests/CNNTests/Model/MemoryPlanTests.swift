import CNN
import Kernels
import Tensor
import Testing
import _TestSupport

/// Random networks, compared with oracles that share no memory.
///
/// Where arrays share memory that are needed at the same time, results are wrong.
struct MemoryPlanTests {
    @Test(arguments: Array(1...80) as [UInt64])
    func randomNetworks(seed: UInt64) throws {
        var generator = RandomNetwork(seed: seed)
        let subject = try Subject(generator.modules(), input: [3, 4, 4], batch: 2, seed: seed)
        let oracle = subject.oracle()
        let output = oracle.output(of: subject.referenceInput)
        let step = subject.step(threads: 2)
        #expect(deviation(of: step.output, from: output.values) <= 1e-4)
        #expect(isIdentical(subject.step(threads: 2, isPoisoned: true).all, step.all))
        expectSlopes(of: subject, oracle, step)

        let inference = subject.oracle(.inference).output(of: subject.referenceInput)
        for workspaceMode in [Mode.training, .inference] {
            let step = subject.step(
                threads: 2, mode: .inference, workspaceMode: workspaceMode, isPoisoned: true)
            #expect(deviation(of: step.output, from: inference.values) <= 1e-4)
        }
    }

    /// Expects that gradients agree with the slopes of the oracle along random directions.
    private func expectSlopes(of subject: Subject, _ oracle: OracleNetwork, _ step: Subject.Step) {
        let input = subject.input.map(Double.init)
        var source = RandomSource(seed: 11)
        func expect(_ slope: Double, _ gradient: [Float], _ direction: [Double]) {
            let gradient = gradient.map(Double.init)
            let scale = (dot(gradient, gradient) * dot(direction, direction)).squareRoot()
            #expect(abs(slope - dot(gradient, direction)) <= 1e-3 * max(scale, 0.1))
        }
        for _ in 0..<4 {
            let direction = source.values(input.count).map(Double.init)
            let slope = centralDifference(at: input, along: direction) { subject.loss(oracle, $0) }
            expect(slope, step.inputGradient, direction)
        }
        for _ in 0..<8 {
            let direction = source.values(oracle.parameters.count).map(Double.init)
            let slope = centralDifference(at: oracle.parameters, along: direction) { parameters in
                var moved = oracle
                moved.parameters = parameters
                return subject.loss(moved, input)
            }
            expect(slope, step.parameterGradients, direction)
        }
    }

    /// The bytes of a workspace for the `sequential` network over faces of 48 x 48.
    private func bytes(_ mode: Mode, batch: Int, threads: Int) throws -> Int {
        let network = try Sequential(
            Architecture.sequential(input: [48, 48, 1], classes: 7), seed: 1)
        let workspace = Workspace(
            network, batchCapacity: batch, mode: mode, pool: ThreadPool(threadCount: threads))
        return workspace.byteCount
    }

    @Test(arguments: [1, 2])
    func trainingKeepsWhatTheBackwardPassReadsAndLittleElse(threads: Int) throws {
        let bytes = try bytes(.training, batch: 64, threads: threads)
        // The output of the first convolution, the pooled ones of the others and that of the
        // first dense layer.
        let read = 4 * (46 * 46 * 32 + 22 * 22 * 64 + 10 * 10 * 128 + 4 * 4 * 128 + 1024)
        #expect(bytes >= 64 * read)
        #expect(bytes < 75_000_000)
    }

    /// The first convolution's output, the largest array, exists for a few samples at a time.
    @Test(arguments: [1, 2])
    func inferenceNeedsTheLargestArrayForAFewSamplesOnly(threads: Int) throws {
        let bytes = try bytes(.inference, batch: 64, threads: threads)
        let more = try self.bytes(.inference, batch: 256, threads: threads)
        let pooled = 22 * 22 * 64 + 10 * 10 * 128
        let largest = 46 * 46 * 32
        #expect(pooled < largest)
        #expect(more - bytes <= 192 * 4 * pooled)
    }
}
