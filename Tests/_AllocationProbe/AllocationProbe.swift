import CNN
import Kernels
import Tensor
import _CAllocationCounter

/// Prints how often memory is allocated within three training steps, a line for each network.
///
/// A program of its own, because nothing else may allocate meanwhile.
@main
enum AllocationProbe {
    static func main() throws {
        let plain = try Sequential(
            Architecture.sequential(input: [48, 48, 1], classes: 7), seed: 1)
        let rich = try Sequential(input: [16, 16, 3], seed: 1) {
            Conv2D(filters: 8, kernel: 3, padding: .same, bias: false)
            BatchNorm()
            SiLU()
            Residual {
                Conv2D(filters: 16, kernel: 3, stride: 2, padding: .same)
                BatchNorm()
                LeakyReLU()
                Conv2D(filters: 16, kernel: 3, padding: .same, groups: 16)
            } shortcut: {
                Conv2D(filters: 16, kernel: 1, stride: 2, padding: .same)
            }
            Branch(.concatenated) {
                Conv2D(filters: 8, kernel: 1, groups: 2)
                AveragePool(3, stride: 1, padding: .same)
                Chain {
                    Sigmoid()
                    Tanh()
                }
            }
            GlobalAveragePool()
            Softmax()
            Dense(7)
        }
        allocation_counter_start()
        _ = Tensor(zeros: [1])
        print("counting works:", allocation_counter_stop() > 0)
        print("plain:", allocations(of: plain))
        print("rich:", allocations(of: rich))
    }

    private static func allocations(of network: Sequential) -> Int {
        let batch = 4
        let workspace = Workspace(
            network, batchCapacity: batch, mode: .training, endsAtLogits: true,
            pool: ThreadPool(threadCount: 2))
        var parameters = network.parameters
        var statistics = network.statistics
        var gradients = Tensor(zeros: parameters.shape)
        let images = Tensor(
            repeating: 0.5, shape: Shape([batch] + network.inputShape.dimensions))
        let targets = Tensor(repeating: 1 / 7, shape: [batch, 7])
        let loss = SoftmaxCrossEntropy(labelSmoothing: 0.1)

        func step(_ seed: UInt64) {
            parameters.withUnsafeMutableElements { parameters in
                statistics.withUnsafeMutableElements { statistics in
                    gradients.withUnsafeMutableElements { gradients in
                        images.withUnsafeElements { images in
                            targets.withUnsafeElements { targets in
                                guard let input = images.baseAddress,
                                    let parameters = parameters.baseAddress,
                                    let statistics = statistics.baseAddress
                                else { preconditionFailure("a tensor without memory") }
                                let arrays = PassArrays(
                                    input: input, parameters: parameters, statistics: statistics,
                                    gradients: gradients.baseAddress)
                                let logits = workspace.forward(
                                    arrays, batch: batch, mode: .training, seed: seed)
                                _ = loss.evaluate(
                                    logits: UnsafeBufferPointer(start: logits, count: batch * 7),
                                    targets: targets, classes: 7,
                                    gradient: workspace.outputGradient)
                                workspace.backward(arrays, batch: batch, seed: seed)
                            }
                        }
                    }
                }
            }
        }
        for seed in 0..<2 { step(UInt64(seed)) }
        allocation_counter_start()
        for seed in 2..<5 { step(UInt64(seed)) }
        return allocation_counter_stop()
    }
}
