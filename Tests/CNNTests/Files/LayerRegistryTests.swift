import CNN
import Foundation
import Tensor
import Testing
import _TestSupport

/// A layer of somebody else's: multiplies each feature by a number that it learns.
private struct Gain: Layer, Hashable {
    static let kind = "Example.Gain"
    var initial: Initializer
    /// Whether the layer lets a batch be computed in parts.
    var isSamplewise = false

    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard inputs[0].rank == 1 else { throw ArchitectureError("takes [features]") }
        var plan = LayerPlan(output: inputs[0])
        plan.parameters = [Parameter("gain", inputs[0], initial)]
        plan.backwardReads = .input
        plan.sumFloats = inputs[0].elementCount
        plan.isSamplewise = isSamplewise
        return plan
    }

    func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: pass) { pass, _, samples in
            let (input, output, gain) = (pass.input(), pass.output, pass.parameter(0))
            for sample in samples {
                for feature in gain.indices {
                    let index = sample * gain.count + feature
                    output[index] = input[index] * gain[feature]
                }
            }
        }
    }

    func backward(_ pass: BackwardPass) {
        pass.forward.forEachWorker(with: pass) { pass, worker, samples in
            let (input, gain) = (pass.forward.input(), pass.forward.parameter(0))
            let gradients = pass.sums(of: worker)
            for sample in samples {
                for feature in gain.indices {
                    let index = sample * gain.count + feature
                    let gradient = pass.outputGradient[index]
                    gradients[feature] += input[index] * gradient
                    pass.inputGradient()?[index] = gain[feature] * gradient
                }
            }
        }
    }
}

/// A module of somebody else's, made of layers.
private struct Block: Module {
    var width: Int

    func connect(_ input: Node, in graph: inout GraphBuilder) throws(ArchitectureError) -> Node {
        let wide = try graph.append(Dense(width), to: [input])
        let gained = try Gain(initial: .ones).connect(wide, in: &graph)
        return try Residual { Tanh() }.connect(gained, in: &graph)
    }
}

struct LayerRegistryTests {
    private let registry = {
        var registry = LayerRegistry.builtIn
        registry.register(Gain.self)
        registry.register(Block.self)
        return registry
    }()

    private func network() throws -> Sequential {
        try Sequential(input: [3], seed: 1) {
            Block(width: 4)
            Chain { Gain(initial: .heNormal) }
        }
    }

    @Test func modulesFromOutsideAreReadThroughARegistry() throws {
        let network = try network()
        #expect(
            network.parameterNames == [
                "dense_1/kernel", "dense_1/bias", "example.gain_1/gain", "example.gain_2/gain",
            ])
        let json = try network.architecture.json
        let read = try Architecture(json: json, registry: registry)
        #expect(try read.json == json)
        #expect(try Sequential(read, seed: 1).parameters == network.parameters)

        let error = #expect(throws: ArchitectureError.self) { try Architecture(json: json) }
        #expect(error?.message.contains("no layer named Block; known are AveragePool") == true)
    }

    @Test func weightsOfModulesFromOutsideAreSavedAndLoaded() throws {
        let network = try network()
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "weights.safetensors")
            try network.save(to: file)
            let loaded = try Sequential(contentsOf: file, registry: registry)
            #expect(loaded.parameters == network.parameters)
            #expect(try loaded.architecture.json == network.architecture.json)
            let input = Tensor([1, -2, 3], shape: [1, 3])
            #expect(loaded(input) == network(input))
            #expect(throws: WeightsError.self) { try Sequential(contentsOf: file) }
        }
    }

    @Test func layersFromOutsideHaveGradients() throws {
        for isSamplewise in [false, true] {
            for batch in [1, 2, 5] {
                for threads in [1, 2, 3] {
                    try expectGradients(isSamplewise: isSamplewise, batch: batch, threads: threads)
                }
            }
        }
    }

    private func expectGradients(isSamplewise: Bool, batch: Int, threads: Int) throws {
        // The second layer leaves all as it is; two of a kind are computed in parts, one after
        // the other.
        let subject = try Subject(
            [Gain(initial: .ones, isSamplewise: isSamplewise), LeakyReLU(slope: 1)], input: [3],
            batch: batch)
        let step = subject.step(threads: threads)
        let gain = subject.network.parameters.elements
        let (input, gradient) = (subject.input, subject.outputGradient)
        var gradients = [Double](repeating: 0, count: 3)
        for index in input.indices {
            gradients[index % 3] += Double(input[index] * gradient[index])
        }
        #expect(step.output == input.indices.map { input[$0] * gain[$0 % 3] })
        #expect(step.inputGradient == input.indices.map { gradient[$0] * gain[$0 % 3] })
        #expect(deviation(of: step.parameterGradients, from: gradients) <= 1e-6)
    }

    @Test func aLaterKindReplacesOneOfTheSameName() throws {
        struct Replacement: Module {
            static let kind = "ReLU"
            func connect(
                _ input: Node, in graph: inout GraphBuilder
            ) throws(ArchitectureError) -> Node {
                try graph.append(Tanh(), to: [input])
            }
        }
        var registry = LayerRegistry.builtIn
        registry.register(Replacement.self)
        let json = Data(#"{"input":[2],"layers":[{"layer":"ReLU"}]}"#.utf8)
        let modules = try Architecture(json: json, registry: registry).modules
        #expect(modules.first is Replacement)
        #expect(LayerRegistry().kinds.isEmpty)
    }
}
