import Foundation
import Kernels
import Tensor
import Testing
import _TestSupport

@testable import CNN

/// However a network is computed, the results are the same but for rounding.
struct ExecutionTests {
    /// A network, and the layers that are computed together in it.
    struct Example: CustomTestStringConvertible, Sendable {
        let input: Shape
        let computed: [String]
        let modules: [any Module]

        init(
            _ computed: [String], over input: Shape = [9, 11, 3],
            @ModuleBuilder _ modules: () -> [any Module]
        ) {
            self.input = input
            self.computed = computed
            self.modules = modules()
        }

        /// In training, a batch is measured between a convolution and its normalization.
        func computed(in mode: Mode) -> [String] {
            guard mode == .training else { return computed }
            return computed.flatMap { name -> [String] in
                guard let cut = name.range(of: " + batchnorm") else { return [name] }
                return [String(name[..<cut.lowerBound]), "batchnorm" + name[cut.upperBound...]]
            }
        }

        var testDescription: String { computed.joined(separator: ", ") }

        var hasDropout: Bool { modules.contains { $0 is Dropout } }

        /// The network over the first random batch that stays away from where gradients jump.
        func subject(
            batch: Int, seed: UInt64 = 1, margin: Double = 1e-6, recordsInputGradient: Bool = true
        ) throws -> Subject {
            for attempt in 0..<100 as Range<UInt64> {
                let subject = try Subject(
                    modules, input: input, batch: batch, seed: seed + 1000 * attempt,
                    recordsInputGradient: recordsInputGradient)
                let margins = [Mode.training, .inference].map { mode in
                    subject.oracle(mode).margin(over: subject.referenceInput)
                }
                if margins.allSatisfy({ $0 > margin }) { return subject }
            }
            throw NoSubject()
        }

        struct NoSubject: Error {}
    }

    private static let examples = [
        Example(["conv2d_1 + relu_1 + maxpool_1 + dropout_1"]) {
            Conv2D(filters: 8, kernel: 3)
            ReLU()
            MaxPool(2)
            Dropout(0.3)
        },
        Example(["conv2d_1 + batchnorm_1 + leakyrelu_1 + maxpool_1", "conv2d_2"]) {
            Conv2D(filters: 9, kernel: 3, padding: .same, bias: false)
            BatchNorm()
            LeakyReLU(slope: 0.1)
            MaxPool(2)
            Conv2D(filters: 5, kernel: 3)
        },
        Example(["conv2d_1 + batchnorm_1"]) {
            Conv2D(filters: 8, kernel: 3, padding: .same)
            BatchNorm()
        },
        Example(["conv2d_1 + maxpool_1 + dropout_1"]) {
            Conv2D(filters: 7, kernel: 3)
            MaxPool(2)
            Dropout(0.5)
        },
        Example(["conv2d_1 + relu_1 + dropout_1", "dropout_2", "maxpool_1"]) {
            Conv2D(filters: 4, kernel: 2)
            ReLU()
            Dropout(0.2)
            Dropout(0.2)
            MaxPool(2)
        },
        // Two layers read the convolution's output.
        Example(["conv2d_1", "relu_1", "conv2d_2", "sum_1"]) {
            Conv2D(filters: 8, kernel: 3)
            Residual {
                ReLU()
                Conv2D(filters: 8, kernel: 3, padding: .same)
            }
        },
        // Two layers read the rectifier's output.
        Example(["conv2d_1 + relu_1", "maxpool_1", "maxpool_2", "sum_1"]) {
            Conv2D(filters: 8, kernel: 3)
            ReLU()
            Residual {
                MaxPool(2)
            } shortcut: {
                MaxPool(2)
            }
        },
        // The last row and column are pooled too.
        Example(["conv2d_1", "maxpool_1", "relu_1"]) {
            Conv2D(filters: 8, kernel: 3)
            MaxPool(2, padding: .same)
            ReLU()
        },
        Example(["conv2d_1 + maxpool_1", "relu_1"], over: [8, 10, 9]) {
            Conv2D(filters: 8, kernel: 3, padding: .same)
            MaxPool(2, padding: .same)
            ReLU()
        },
        Example(["conv2d_1 + relu_1", "batchnorm_1"]) {
            Conv2D(filters: 8, kernel: 3)
            ReLU()
            BatchNorm()
        },
        Example(["conv2d_1", "leakyrelu_1", "maxpool_1"]) {
            Conv2D(filters: 8, kernel: 3)
            LeakyReLU(slope: 1.5)
            MaxPool(2)
        },
        Example(
            [
                "conv2d_1 + batchnorm_1 + relu_1", "conv2d_2 + batchnorm_2 + relu_2 + dropout_1",
                "globalaveragepool_1", "dense_1",
            ], over: [7, 6, 8]
        ) {
            Conv2D(filters: 8, kernel: 3, padding: .same, groups: 8)
            BatchNorm()
            ReLU()
            Conv2D(filters: 16, kernel: 3, stride: 2)
            BatchNorm()
            ReLU()
            Dropout(0.1)
            GlobalAveragePool()
            Dense(5)
        },
        Example(
            ["conv2d_1 + relu_1 + maxpool_1", "conv2d_2 + relu_2", "flatten_1", "dense_1"],
            over: [12, 14, 8]
        ) {
            Conv2D(filters: 16, kernel: 3)
            ReLU()
            MaxPool(2)
            Conv2D(filters: 9, kernel: 3, padding: .same)
            ReLU()
            Flatten()
            Dense(20)
        },
    ]

    @Test(arguments: examples)
    func takesLayersIntoTheConvolution(example: Example) throws {
        let network = try Sequential(
            Architecture(input: example.input, modules: example.modules), seed: 1)
        func names(_ execution: Execution, _ mode: Mode) -> [String] {
            execution.layers(computing: network.layers, mode: mode).map(\.name)
        }
        for mode in [Mode.training, .inference] {
            #expect(names(Execution(), mode) == example.computed(in: mode))
            #expect(
                names(Execution(fusesLayers: false), mode) == network.layers.map(\.name))
        }
    }

    /// Batches that fill their workspace and such that do not, in training and inference.
    @Test(arguments: examples, [1, 5, 19])
    func fusedIsUnfused(example: Example, batch: Int) throws {
        try forEvery("seed", [1, 2] as [UInt64]) { seed in
            let subject = try example.subject(batch: batch, seed: seed)
            try forEvery("threads", [1, 2, 3]) { threads in
                let capacity = batch + 4 * (threads - 1)
                let unfused = subject.step(
                    threads: threads, execution: Execution(fusesLayers: false), seed: seed)
                let fused = subject.step(
                    threads: threads, capacity: capacity, seed: seed, isPoisoned: true)
                try expect(fused, equals: unfused, within: 1e-5, of: subject.network)

                func output(_ execution: Execution) -> [Float] {
                    subject.step(
                        threads: threads, mode: .inference, workspaceMode: .inference,
                        capacity: capacity, execution: execution, isPoisoned: true
                    ).output
                }
                let expected = output(Execution(fusesLayers: false)).map(Double.init)
                #expect(
                    deviation(of: output(Execution()), from: expected) <= 1e-5,
                    "inference, \(SweepTrace.description)")
            }
        }
    }

    /// Without a layer before it, the first convolution reads the network's input, and has no
    /// gradient of it to compute.
    @Test(arguments: examples)
    func theFirstLayerNeedsNoGradientOfItsInput(example: Example) throws {
        let subject = try example.subject(batch: 5, recordsInputGradient: false)
        let step = subject.step(threads: 2, capacity: 7, isPoisoned: true)
        let unfused = subject.step(threads: 2, execution: Execution(fusesLayers: false))
        try expect(step, equals: unfused, within: 1e-5, of: subject.network)
        // A layer before it has a stream of random numbers of its own, so that others fall.
        guard !example.hasDropout else { return }
        var recorded = try example.subject(batch: 5).step(threads: 2)
        #expect(!recorded.inputGradient.isEmpty)
        recorded.inputGradient = []
        try expect(step, equals: recorded, within: 1e-5, of: subject.network)
    }

    @Test(arguments: examples)
    func everyAlgorithmComputesTheSame(example: Example) throws {
        let subject = try example.subject(batch: 5, margin: 1e-5)
        let expected = subject.step(threads: 2)
        try forEvery("algorithm", Convolution.Algorithm.allCases) { algorithm in
            try forEvery("fuses", [false, true]) { fuses in
                let execution = Execution(fusesLayers: fuses, convolutionAlgorithm: algorithm)
                let step = subject.step(threads: 2, execution: execution, isPoisoned: true)
                try expect(step, equals: expected, within: 1e-4, of: subject.network)
            }
        }
    }

    /// Which values fall is told by zeros alone, as no value is zero before.
    @Test func dropoutFallsOnTheSameValues() throws {
        let subject = try Subject(
            [Conv2D(filters: 8, kernel: 3), MaxPool(2), Dropout(0.4)], input: [17, 15, 3], batch: 9)
        func zeros(_ fusesLayers: Bool, threads: Int, seed: UInt64) -> [Bool] {
            subject.step(
                threads: threads, execution: Execution(fusesLayers: fusesLayers), seed: seed
            ).output.map { $0 == 0 }
        }
        let expected = zeros(false, threads: 1, seed: 5)
        let share = Double(expected.count { $0 }) / Double(expected.count)
        #expect(abs(share - 0.4) < 0.05)
        for threads in [1, 2, 3] {
            #expect(zeros(true, threads: threads, seed: 5) == expected)
        }
        #expect(zeros(true, threads: 1, seed: 6) != expected)
    }

    /// Samples pass a few at a time through layers as large as these, and each thread divides its
    /// own; what is computed image by image comes out the same bits.
    @Test(arguments: [Convolution.Algorithm.fewChannels, .matrixProduct])
    func chunksDoNotMatter(algorithm: Convolution.Algorithm) throws {
        let subject = try Subject(
            [
                Conv2D(filters: 64, kernel: 3), ReLU(), Conv2D(filters: 8, kernel: 3), BatchNorm(),
                LeakyReLU(), MaxPool(2), Dropout(0.25), Conv2D(filters: 9, kernel: 3, stride: 2),
                Tanh(), AveragePool(2), Flatten(),
            ], input: [48, 46, 1], batch: 13)
        func output(threads: Int) -> [Float] {
            subject.step(
                threads: threads, mode: .inference, workspaceMode: .inference, capacity: 16,
                execution: Execution(convolutionAlgorithm: algorithm), isPoisoned: true
            ).output
        }
        let expected = output(threads: 1)
        #expect(isIdentical(output(threads: 2), expected))
        #expect(isIdentical(output(threads: 3), expected))
    }

    /// Products over several images, and those that threads divide, may be added up in another
    /// order where they have other sizes, and are the same but for rounding.
    @Test func chunksHardlyMatterToProducts() throws {
        let subject = try Subject(
            [
                Conv2D(filters: 64, kernel: 3), ReLU(), Conv2D(filters: 16, kernel: 3), ReLU(),
                MaxPool(2), Dropout(0.25), Conv2D(filters: 24, kernel: 3), LeakyReLU(), MaxPool(2),
                Flatten(), Dense(40), ReLU(), Dense(7),
            ], input: [48, 46, 1], batch: 13)
        func output(threads: Int, _ execution: Execution = Execution()) -> [Float] {
            subject.step(
                threads: threads, mode: .inference, workspaceMode: .inference, capacity: 16,
                execution: execution
            ).output
        }
        let expected = output(threads: 1).map(Double.init)
        #expect(deviation(of: output(threads: 2), from: expected) <= 1e-6)
        #expect(deviation(of: output(threads: 3), from: expected) <= 1e-6)
        let unfused = output(threads: 2, Execution(fusesLayers: false))
        #expect(deviation(of: unfused, from: expected) <= 1e-6)
        let oneByOne = Predictor(subject.network, batchCapacity: 1)(
            Tensor(subject.input, shape: Shape(subject.inputShape)))
        #expect(deviation(of: oneByOne.elements, from: expected) <= 1e-6)
        try forEvery("threads", [1, 3]) { threads in
            let step = subject.step(threads: threads, isPoisoned: true)
            let unfused = subject.step(
                threads: threads, execution: Execution(fusesLayers: false))
            try expect(step, equals: unfused, within: 1e-5, of: subject.network)
        }
    }

    /// Between two convolutions, what is normalized is not kept, but computed again.
    @Test func recomputedOutputsAreTheSame() throws {
        let subject = try Subject(
            [
                Conv2D(filters: 64, kernel: 3, padding: .same, bias: false), BatchNorm(), ReLU(),
                Conv2D(filters: 64, kernel: 3, padding: .same), BatchNorm(), LeakyReLU(),
                Dropout(0.1), Conv2D(filters: 8, kernel: 3), BatchNorm(), ReLU(), MaxPool(2),
                Flatten(), Dense(3),
            ], input: [38, 40, 3], batch: 7)
        let workspace = Workspace(
            subject.network, batchCapacity: 7, mode: .training, pool: ThreadPool(threadCount: 2))
        // The first layer of a subject records the gradient of the input.
        #expect(workspace.plan.recomputed == [2, 4])
        try forEvery("threads", [1, 2, 3]) { threads in
            let step = subject.step(threads: threads, isPoisoned: true)
            let unfused = subject.step(
                threads: threads, execution: Execution(fusesLayers: false))
            try expect(step, equals: unfused, within: 1e-4, of: subject.network)
        }
    }

    /// An addition needs no operand for its gradient, so there is nothing to compute again.
    @Test func whatNobodyReadsBackIsNotRecomputed() throws {
        let network = try Sequential(input: [6, 6, 4], seed: 1) {
            Residual {
                Conv2D(filters: 4, kernel: 3, padding: .same, bias: false)
                BatchNorm()
            }
            Conv2D(filters: 4, kernel: 3)
        }
        let workspace = Workspace(
            network, batchCapacity: 4, mode: .training, pool: ThreadPool(threadCount: 2))
        #expect(workspace.plan.segments.map(\.layers) == [0..<1, 1..<4])
        #expect(workspace.plan.recomputed.isEmpty)
    }

    /// As between the epochs of a training.
    @Test(arguments: examples)
    func evaluatingBetweenStepsChangesNothing(example: Example) throws {
        let subject = try example.subject(batch: 5)
        forEvery("threads", [1, 2, 3]) { threads in
            let steps = subject.steps([.training, .inference, .training], threads: threads)
            let inference = subject.step(
                threads: threads, mode: .inference, workspaceMode: .inference)
            #expect(
                isIdentical(steps[1].output, inference.output), "\(SweepTrace.description)")
            #expect(steps[1].statistics == subject.network.statistics.elements)
            #expect(isIdentical(steps[2].all, steps[0].all), "\(SweepTrace.description)")
        }
    }

    /// Expects that output, gradients and statistics agree, each within a share of its largest
    /// value.
    private func expect(
        _ step: Subject.Step, equals expected: Subject.Step, within tolerance: Double,
        of network: Sequential, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        func expect(_ name: String, _ path: (Subject.Step) -> [Float]) {
            let deviation = deviation(of: path(step), from: path(expected).map(Double.init))
            #expect(
                deviation <= tolerance, "\(name), \(SweepTrace.description)",
                sourceLocation: sourceLocation)
        }
        expect("output") { $0.output }
        expect("statistics") { $0.statistics }
        expect("gradient of the input") { $0.inputGradient }
        // A bias before a normalization has no gradient but rounding errors, which are small
        // against the gradient of the kernel.
        for layer in network.layers {
            guard let first = layer.parameterOffsets.first else { continue }
            let count = layer.plan.parameters.reduce(0) { $0 + $1.shape.elementCount }
            expect("gradients of \(layer.name)") { step in
                Array(step.parameterGradients[first..<(first + count)])
            }
        }
    }
}
