import CNN
import Foundation
import Tensor
import Testing

@testable import Train

@Suite struct ProfileTests {
    /// A convolution for each algorithm, and a fully connected layer.
    private func network() throws -> Sequential {
        try Sequential(input: [13, 13, 2], seed: 1) {
            Conv2D(filters: 8, kernel: 3)
            ReLU()
            Conv2D(filters: 16, kernel: 3, padding: .same)
            MaxPool(2)
            Conv2D(filters: 12, kernel: 3, padding: .same)
            Conv2D(filters: 12, kernel: 3, groups: 12)
            Conv2D(filters: 6, kernel: 1, groups: 3)
            Conv2D(filters: 9, kernel: 3, padding: .same)
            Flatten()
            Dense(5)
            Softmax()
        }
    }

    private func profile(
        of network: Sequential, fusesLayers: Bool = true, batchSize: Int = 3
    ) -> Profile {
        Trainer(
            network, optimizer: Adam(), schedule: .constant(1e-3), batchSize: batchSize,
            fusesLayers: fusesLayers, threads: 2, seed: 1
        ).profile(steps: 5)
    }

    @Test("layers have the names, the algorithm and the products of what is computed")
    func layers() throws {
        let profile = profile(of: try network())
        #expect(
            profile.layers.map(\.name) == [
                "conv2d_1 + relu_1", "conv2d_2 + maxpool_1", "conv2d_3", "conv2d_4", "conv2d_5",
                "conv2d_6", "flatten_1", "dense_1",
            ])
        #expect(
            profile.layers.map(\.algorithm) == [
                "fewChannels", "winograd4x4", "winograd2x2", "depthwise", "matrixProduct",
                "fewChannels", nil, nil,
            ])
        // Of one sample, forward.
        let products: [Int] = [
            11 * 11 * 18 * 8, 3 * 3 * 36 * 8 * 16, 3 * 3 * 16 * 16 * 12, 0, 3 * 3 * 12 * 2,
            3 * 3 * 54 * 9, 0, 81 * 5,
        ]
        // Backward once for the filters, and once for the input, which has no gradient at first.
        let expected = products.enumerated().map { 3 * ($0 == 0 ? 2 : 3) * $1 }
        #expect(profile.layers.map(\.multiplyAdds) == expected)
        #expect(profile.multiplyAdds == profile.layers.map(\.multiplyAdds).reduce(0, +))
        #expect((profile.batchSize, profile.threads, profile.steps) == (3, 2, 5))
    }

    @Test func withoutFusion() throws {
        let profile = profile(of: try network(), fusesLayers: false)
        #expect(profile.layers.count == 10)
        #expect(profile.layers.prefix(3).map(\.name) == ["conv2d_1", "relu_1", "conv2d_2"])
        #expect(profile.layers[1].algorithm == nil)
    }

    /// What workers do side by side counts by the mean, what they do together as long as it takes;
    /// a sleeper cannot wake early, and no layer takes longer than its step.
    @Test(
        "times are those of the layers", arguments: [Sleeper.Kind.samplewise, .wholeBatch])
    func times(kind: Sleeper.Kind) throws {
        let network = try Sequential(input: [4], seed: 1) {
            Sleeper(kind: kind, prepare: 2, forward: 10, backward: 6, collect: 4)
            Sleeper(kind: kind, prepare: 0, forward: 6, backward: 10, collect: 0)
            Dense(3)
        }
        let profile = profile(of: network, batchSize: 2)
        let (first, second) = (profile.layers[0], profile.layers[1])
        #expect(first.prepare >= 2 && first.forward >= 10 && first.backward >= 10)
        #expect(second.forward >= 6 && second.backward >= 10)
        #expect(second.prepare == 0)
        let sum =
            profile.layers.reduce(0) { $0 + $1.milliseconds } + profile.loss + profile.optimizer
        // Two workers that sleep 32 ms each beside each other would make 64 if they were added up.
        #expect(profile.waiting >= 0)
        #expect(sum >= 38 && sum < profile.milliseconds * 1.2)
        #expect(abs(profile.imagesPerSecond * profile.milliseconds - 2000) < 1e-6)
    }

    @Test func table() {
        let profile = Profile(
            layers: [
                Profile.Layer(
                    name: "conv2d_1 + relu_1", algorithm: "winograd4x4", prepare: 0.5, forward: 4.5,
                    backward: 15, multiplyAdds: 1_000_000_000),
                Profile.Layer(
                    name: "flatten_1", algorithm: nil, prepare: 0, forward: 0.25, backward: 0.25,
                    multiplyAdds: 0),
            ],
            batchSize: 64, threads: 2, steps: 9, loss: 0.1, optimizer: 2, waiting: 1.4,
            milliseconds: 24, productRate: 100)
        // 2 billion operations at 2 x 100 billion a second.
        #expect(abs(profile.floorShare(of: profile.layers[0]) - 10 / 20) < 1e-12)
        #expect(profile.floorShare(of: profile.layers[1]) == 0)
        #expect(abs(profile.floorShare - 10 / 24) < 1e-12)
        #expect(
            profile.description == """
                Layer              Algorithm    Prepare ms  Forward ms  Backward ms  Total ms  GMACs   Floor
                ────────────────────────────────────────────────────────────────────────────────────────────
                conv2d_1 + relu_1  winograd4x4        0.50        4.50        15.00     20.00  1.000  50.0 %
                flatten_1                             0.00        0.25         0.25      0.50
                ────────────────────────────────────────────────────────────────────────────────────────────
                loss                                                                     0.10
                optimizer                                                                2.00
                waiting                                                                  1.40
                step                                                                    24.00  1.000  41.7 %

                2667 images/s in batches of 64 on 2 threads, median of 9 steps; one thread multiplies at 100.0 GFLOP/s
                """
        )
    }

    @Test("one thread multiplies at a rate that a product of its own confirms")
    func productRate() {
        let rate = ProductRate.measure()
        let a = Tensor(repeating: 0.5, shape: [512, 512])
        let clock = ContinuousClock()
        let times = (0..<5).map { _ in clock.measure { _ = matmul(a, a) } }
        let nanoseconds = (times.min() ?? .zero) / .nanoseconds(1)
        let large = 2 * Double(512 * 512 * 512) / nanoseconds
        #expect(rate > large / 3 && rate < large * 3)
    }
}

/// A layer that changes nothing and takes its time, in milliseconds.
struct Sleeper: Layer {
    enum Kind: String, Codable {
        case samplewise, wholeBatch
    }

    var kind: Kind
    var prepare: UInt32
    var forward: UInt32
    var backward: UInt32
    var collect: UInt32

    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        var plan = LayerPlan(output: inputs[0])
        if collect > 0 { plan.parameters = [Parameter("unused", [1], .zeros)] }
        plan.isSamplewise = kind == .samplewise
        plan.preparedFloats = prepare > 0 ? 1 : 0
        plan.sumFloats = collect > 0 ? 1 : 0
        plan.backwardReads = []
        return plan
    }

    func prepare(_ pass: PreparationPass) { sleep(prepare) }

    func forward(_ pass: ForwardPass) {
        sleep(forward)
        _ = pass.output.update(fromContentsOf: pass.input())
    }

    func backward(_ pass: BackwardPass) {
        sleep(backward)
        _ = pass.inputGradient()?.update(fromContentsOf: pass.outputGradient)
    }

    func collectGradients(_ pass: BackwardPass) {
        sleep(collect)
        pass.parameterGradient(0)[0] = 0
    }

    private func sleep(_ milliseconds: UInt32) { usleep(1000 * milliseconds) }
}
