import CNN
import Tensor
import Train
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
        let plainTrainer = Trainer(
            plain, optimizer: Adam(), schedule: .constant(1e-4), batchSize: 4, threads: 2, seed: 1)
        print("plain:", allocations(of: plainTrainer))
        let timedTrainer = Trainer(
            plain, optimizer: Adam(), schedule: .constant(1e-4), batchSize: 4, threads: 2, seed: 1)
        let timer = timedTrainer.workspace.startTimer()
        print("timed:", allocations(of: timedTrainer), timer.milliseconds(.forward(layer: 0)) > 0)
        let richTrainer = Trainer(
            rich, optimizer: SGD(momentum: 0.9, nesterov: true, weightDecay: 1e-4),
            schedule: .cosine(peak: 0.1, warmup: 1, epochs: 5),
            loss: SoftmaxCrossEntropy(
                labelSmoothing: 0.1, classWeights: [1, 2, 1, 1, 1, 1, 1]),
            clipping: .norm(limit: 1), averaging: WeightAverage(), batchSize: 4, threads: 2, seed: 1
        )
        print("rich:", allocations(of: richTrainer))
    }

    private static func allocations(of trainer: consuming Trainer) -> Int {
        let batch = trainer.batchSize
        let images = Tensor(
            repeating: 0.5, shape: Shape([batch] + trainer.network.inputShape.dimensions))
        let targets = Tensor(repeating: 1 / 7, shape: [batch, 7])
        for _ in 0..<2 { trainer.step(images: images, targets: targets) }
        allocation_counter_start()
        for _ in 0..<3 { trainer.step(images: images, targets: targets) }
        return allocation_counter_stop()
    }
}
