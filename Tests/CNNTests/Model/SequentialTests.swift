import CNN
import Tensor
import Testing

struct SequentialTests {
    private func network(seed: UInt64 = 1) throws -> Sequential {
        try Sequential(input: [6, 6, 1], seed: seed) {
            Conv2D(filters: 2, kernel: 3)
            BatchNorm()
            Flatten()
            Dense(3)
        }
    }

    @Test func namesItsArrays() throws {
        let network = try network()
        #expect(
            network.parameterNames == [
                "conv2d_1/kernel", "conv2d_1/bias", "batchnorm_1/gamma", "batchnorm_1/beta",
                "batchnorm_1/mean", "batchnorm_1/variance", "dense_1/kernel", "dense_1/bias",
            ])
        #expect(network["conv2d_1/kernel"]?.shape == [3, 3, 1, 2])
        #expect(network["dense_1/kernel"]?.shape == [32, 3])
        #expect(network["dense_2/kernel"] == nil)
        #expect(network.parameterCount == 18 + 2 + 4 + 96 + 3)
        #expect(network.inputShape == [6, 6, 1])
        #expect(network.outputShape == [3])
    }

    @Test func assignsArraysByName() throws {
        var network = try network()
        let bias = Tensor([1, 2, 3])
        network["dense_1/bias"] = bias
        network["batchnorm_1/mean"] = Tensor([4, 5])
        #expect(network["dense_1/bias"] == bias)
        #expect(network["batchnorm_1/mean"]?.elements == [4, 5])
        #expect(network["batchnorm_1/variance"]?.elements == [1, 1])
        #expect(network.parameters.elements.suffix(3) == [1, 2, 3])
    }

    @Test func copiesAreIndependent() throws {
        let original = try network()
        var copy = original
        copy["dense_1/bias"] = Tensor([1, 2, 3])
        copy.parameters.withUnsafeMutableElements { $0[0] = 99 }
        copy.statistics.withUnsafeMutableElements { $0[0] = 99 }
        #expect(original["dense_1/bias"]?.elements == [0, 0, 0])
        #expect(original.parameters.elements[0] != 99)
        #expect(original["batchnorm_1/mean"]?.elements == [0, 0])
    }

    @Test func theSeedDecidesTheParameters() throws {
        #expect(try network().parameters == network().parameters)
        #expect(try network().parameters != network(seed: 2).parameters)
    }

    @Test func decayLeavesOutBiasesAndScales() throws {
        let runs = try network().decayRuns
        #expect(runs.map(\.range) == [0..<18, 18..<24, 24..<120, 120..<123])
        #expect(runs.map(\.decays) == [true, false, true, false])
    }

    @Test func knowsItsSoftmax() throws {
        let classifier = Architecture.sequential(input: [48, 48, 1], classes: 7)
        #expect(try Sequential(classifier, seed: 1).endsInSoftmax)
        #expect(try !network().endsInSoftmax)
    }

    @Test func errorsNameLayerAndShape() {
        func message(_ input: Shape, @ModuleBuilder _ modules: () -> [any Module]) -> String? {
            let modules = modules()
            return #expect(throws: ArchitectureError.self) {
                try Sequential(Architecture(input: input, modules: modules), seed: 1)
            }?.description
        }
        #expect(
            message([4, 4, 1]) {
                Conv2D(filters: 2, kernel: 3)
                ReLU()
                Conv2D(filters: 2, kernel: 3)
            } == "conv2d_2: a window of 3 x 3 does not fit into [2, 2, 2]")
        #expect(
            message([4, 4, 1]) {
                Dense(3)
            } == "dense_1: takes [features], not [4, 4, 1]; put Flatten() before it")
        #expect(
            message([4, 4, 1]) {
                Residual {
                    Conv2D(filters: 3, kernel: 1)
                    MaxPool(5)
                }
            } == "maxpool_1: a window of 5 x 5 does not fit into [4, 4, 3]")
        #expect(message([4]) {} == "a network needs a layer")
    }

    @Test func refusesLayersThatLeadNowhere() {
        /// Connects two layers side by side and forgets one of them.
        struct Forgetful: Module {
            func connect(
                _ input: Node, in graph: inout GraphBuilder
            ) throws(ArchitectureError) -> Node {
                let kept = try graph.append(Dense(3), to: [input])
                _ = try graph.append(Dense(2), to: [input])
                return kept
            }
        }
        let error = #expect(throws: ArchitectureError.self) {
            try Sequential(input: [4], seed: 1) {
                Forgetful()
                ReLU()
            }
        }
        #expect(error?.message == "dense_2: nothing takes its output")
        #expect(throws: ArchitectureError.self) {
            try Sequential(input: [4], seed: 1) { Forgetful() }
        }
    }
}
