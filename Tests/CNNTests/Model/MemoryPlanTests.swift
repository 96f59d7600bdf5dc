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

    @Test func memoryIsShared() throws {
        let network = try Sequential(
            Architecture.sequential(input: [48, 48, 1], classes: 7), seed: 1)
        let pool = ThreadPool(threadCount: 1)
        let batch = 64
        func bytes(_ mode: Mode) -> Int {
            Workspace(network, batchCapacity: batch, mode: mode, pool: pool).byteCount
        }
        let all = network.layerSummaries.reduce(0) { $0 + $1.bytes } * batch
        // The two largest arrays, of the second convolution and its input, exist at the same time.
        let largest = batch * 4 * (46 * 46 * 32 + 44 * 44 * 64)
        #expect(bytes(.inference) >= largest)
        #expect(bytes(.inference) < largest + largest / 10)
        #expect(bytes(.training) < all + all / 4)
    }
}
