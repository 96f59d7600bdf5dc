import CNN
import Imaging
import Tensor

@testable import Train

/// Pictures, networks and trainers so small that a step takes less than a millisecond.
enum SmallTraining {
    static let side = 12
    static let classNames = ["one", "two", "three"]
    static let classes = classNames.count

    /// Pictures of noise that say nothing about their labels.
    static func noise(_ count: Int, seed: UInt64 = 1) -> ImageDataset {
        var source = RandomSource(seed: seed)
        var dataset = ImageDataset(height: side, width: side, classNames: classNames)
        for _ in 0..<count {
            let samples = (0..<side * side).map { _ in UInt8.random(in: 0...255, using: &source) }
            dataset.append(
                Image(width: side, height: side, channels: 1, samples: samples),
                label: Int.random(in: 0..<classes, using: &source))
        }
        return dataset
    }

    /// A network with all that is random, measured or spared from decay in training.
    static func network(dropout: Float = 0.25, endsInSoftmax: Bool = false) throws -> Sequential {
        try Sequential(input: [side, side, 1], seed: 7) {
            Conv2D(filters: 4, kernel: 3)
            BatchNorm()
            ReLU()
            MaxPool(2)
            if dropout > 0 {
                Dropout(dropout)
            }
            Flatten()
            Dense(classes)
            if endsInSoftmax {
                Softmax()
            }
        }
    }

    /// A trainer of `network()`, unless another one is given.
    static func trainer(
        _ network: Sequential? = nil, optimizer: any Optimizer = Adam(),
        schedule: Schedule = .constant(0.01), loss: SoftmaxCrossEntropy = SoftmaxCrossEntropy(),
        clipping: GradientClipping = .none, averaging: WeightAverage? = nil,
        augmentation: Augmentation = .none, threads: Int = 2, seed: UInt64 = 3
    ) throws -> Trainer {
        Trainer(
            try network ?? Self.network(), optimizer: optimizer, schedule: schedule, loss: loss,
            clipping: clipping, averaging: averaging, augmentation: augmentation, batchSize: 8,
            threads: threads, seed: seed)
    }

    /// All pictures of a data set as one batch: `[count, 12, 12, 1]` and `[count, 3]`.
    static func batch(_ dataset: ImageDataset) -> (images: Tensor, targets: Tensor) {
        let images = Tensor(
            dataset.samples.map { Float($0) / 255 }, shape: [dataset.count, side, side, 1])
        var targets = [Float](repeating: 0, count: dataset.count * classes)
        for (row, label) in dataset.labels.enumerated() { targets[row * classes + Int(label)] = 1 }
        return (images, Tensor(targets, shape: [dataset.count, classes]))
    }
}

extension Sequential {
    /// The bits of all that training changes.
    var bits: [UInt32] {
        (parameters.elements + statistics.elements).map(\.bitPattern)
    }
}
