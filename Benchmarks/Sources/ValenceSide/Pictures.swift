import Imaging
import Tensor
import Train

/// Pictures to measure with: noise, as on every side.
enum Pictures {
    /// The number of classes of everything.
    static let classCount = 7

    /// Gray pictures with labels.
    static func dataset(count: Int, size: Int) -> ImageDataset {
        var random = RandomSource(seed: 42)
        var dataset = ImageDataset(
            height: size, width: size, classNames: (0..<classCount).map(String.init))
        for index in 0..<count {
            let samples = (0..<size * size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            dataset.append(
                Image(width: size, height: size, channels: 1, samples: samples),
                label: index % classCount)
        }
        return dataset
    }

    /// A network's input, `[count, size, size, channels]`.
    static func tensor(count: Int, size: Int, channels: Int = 1) -> Tensor {
        var random = RandomSource(seed: 42)
        return Tensor(uniform: 0..<1, shape: [count, size, size, channels], using: &random)
    }
}
