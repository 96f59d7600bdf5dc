public import Imaging
import Kernels
import Tensor

/// The order in which a network sees the pictures of a data set, and the batches that it sees.
///
/// Whatever is random follows from the seed, the epoch and the place in the epoch alone: batch *b*
/// of epoch *e* is the same whoever asks for it and whatever was asked for before, so that a
/// training goes on in the middle of an epoch without anything but these two numbers.
public struct Epochs: Sendable {
    /// The pictures.
    public let dataset: ImageDataset
    /// The number of pictures in every batch but the last of an epoch, which holds the rest.
    public let batchSize: Int
    /// What turns samples into the network's input.
    public let preprocessor: FacePreprocessor
    /// How pictures are changed at random.
    public let augmentation: Augmentation
    /// What the order and the changes follow from.
    public let seed: UInt64
    /// Whether each epoch has an order of its own; otherwise it is that of the data set.
    public let shuffles: Bool
    /// How pictures are seen, where it is not as they are.
    private var view: PictureWarp?

    /// Creates the epochs of a training.
    ///
    /// - Precondition: `batchSize` is positive, the pictures have the size and the channels of the
    ///   preprocessor, and the ranges of the augmentation make sense.
    public init(
        _ dataset: ImageDataset, batchSize: Int, preprocessor: FacePreprocessor,
        augmentation: Augmentation = .none, seed: UInt64, shuffles: Bool = true
    ) {
        require(batchSize > 0, "a batch holds 1 picture or more, not \(batchSize)")
        require(
            dataset.height == preprocessor.height && dataset.width == preprocessor.width
                && dataset.channels == preprocessor.channels,
            "pictures of [\(dataset.height), \(dataset.width), \(dataset.channels)] are no input of "
                + "[\(preprocessor.height), \(preprocessor.width), \(preprocessor.channels)]")
        augmentation.validate()
        self.dataset = dataset
        self.batchSize = batchSize
        self.preprocessor = preprocessor
        self.augmentation = augmentation
        self.seed = seed
        self.shuffles = shuffles
    }

    /// Creates the epochs of an evaluation: pictures as they are, in the order of the data set.
    public init(
        evaluating dataset: ImageDataset, batchSize: Int, preprocessor: FacePreprocessor
    ) {
        self.init(
            dataset, batchSize: batchSize, preprocessor: preprocessor, seed: 0, shuffles: false)
    }

    /// The same epochs of a view of the pictures; nil is the pictures as they are.
    ///
    /// - Precondition: Pictures are not changed at random.
    func viewing(_ view: PictureWarp?) -> Epochs {
        require(augmentation == .none, "a view is of pictures that are not augmented")
        var epochs = self
        epochs.view = view
        return epochs
    }

    /// The number of batches in which an epoch shows every picture once.
    public var batchesPerEpoch: Int { (dataset.count + batchSize - 1) / batchSize }

    /// The number of classes, which is the length of a target.
    public var classCount: Int { dataset.classNames.count }

    /// The number of pictures in a batch.
    public func count(ofBatch batch: Int) -> Int {
        places(of: batch).count
    }

    /// The positions in the data set of the pictures of an epoch, in their order.
    ///
    /// - Complexity: O(*n*) in the number of pictures.
    public func order(of epoch: Int) -> [Int32] {
        guard shuffles else { return Array(0..<Int32(dataset.count)) }
        var random = RandomSource(seed: seed, RandomStream.order.rawValue, UInt64(epoch))
        return random.permutation(of: dataset.count).map { Int32($0) }
    }

    /// Writes a batch into memory of the caller.
    ///
    /// - Parameters:
    ///   - batch: The number of the batch in its epoch, from 0.
    ///   - epoch: The number of the epoch, from 0.
    ///   - order: `order(of: epoch)`, which a caller keeps for all batches of the epoch.
    ///   - images: Memory for `[batchSize, height, width, channels]`.
    ///   - targets: Memory for `[batchSize, classes]`: 1 for the class of a picture and 0 for the
    ///     others, or its soft targets, or the shares of mixed pictures.
    /// - Returns: The number of pictures.
    /// - Complexity: O(*n*) in the number of samples of the batch.
    @discardableResult
    public func assemble(
        batch: Int, of epoch: Int, order: [Int32],
        images: UnsafeMutablePointer<Float>, targets: UnsafeMutablePointer<Float>
    ) -> Int {
        require(
            order.count == dataset.count,
            "an order of \(order.count) pictures is none of a data set of \(dataset.count)")
        let places = places(of: batch)
        dataset.samples.withUnsafeBufferPointer { samples in
            guard let samples = samples.baseAddress else { return }
            for (slot, place) in places.enumerated() {
                let index = Int(order[place])
                write(
                    samples + index * dataset.samplesPerImage, place: place, of: epoch,
                    into: images + slot * dataset.samplesPerImage)
                writeTarget(of: index, into: targets + slot * classCount)
            }
        }
        if augmentation.mixup > 0 {
            mix(batch: batch, of: epoch, count: places.count, images: images, targets: targets)
        }
        return places.count
    }
}

extension Epochs {
    private func places(of batch: Int) -> Range<Int> {
        require(
            (0..<batchesPerEpoch).contains(batch),
            "batch \(batch) is none of the \(batchesPerEpoch) of an epoch")
        return batch * batchSize..<min((batch + 1) * batchSize, dataset.count)
    }

    /// Writes one picture, changed at random.
    private func write(
        _ samples: UnsafePointer<UInt8>, place: Int, of epoch: Int,
        into inputs: UnsafeMutablePointer<Float>
    ) {
        let scaling = preprocessor.scaling
        var random = RandomSource(
            seed: seed, RandomStream.picture.rawValue, UInt64(epoch), UInt64(place))
        let draw = augmentation.draw(
            height: dataset.height, width: dataset.width, channels: dataset.channels,
            using: &random)
        if let warp = draw.warp ?? view {
            warp.apply(to: samples, scaling: scaling, into: inputs)
        } else {
            scaling.scale(samples, into: inputs, count: dataset.samplesPerImage)
        }
        draw.blur?.apply(
            to: inputs, height: dataset.height, width: dataset.width, channels: dataset.channels)
        draw.noise?.apply(to: inputs, count: dataset.samplesPerImage, scaling: scaling)
        draw.erasing?.apply(
            to: inputs, width: dataset.width, channels: dataset.channels, scaling: scaling)
    }

    private func writeTarget(of index: Int, into target: UnsafeMutablePointer<Float>) {
        if let softTargets = dataset.softTargets {
            for label in 0..<classCount { target[label] = softTargets[index * classCount + label] }
        } else {
            target.update(repeating: 0, count: classCount)
            target[Int(dataset.labels[index])] = 1
        }
    }

    /// Mixes the first picture of a batch with the last, the second with the last but one, and so
    /// on: where the order is random these are random pairs, and no memory is needed.
    private func mix(
        batch: Int, of epoch: Int, count: Int, images: UnsafeMutablePointer<Float>,
        targets: UnsafeMutablePointer<Float>
    ) {
        var random = RandomSource(
            seed: seed, RandomStream.mixing.rawValue, UInt64(epoch), UInt64(batch))
        let share = augmentation.drawShare(using: &random)
        let length = dataset.samplesPerImage
        for first in 0..<count / 2 {
            let second = count - 1 - first
            mixPair(images + first * length, images + second * length, count: length, share: share)
            mixPair(
                targets + first * classCount, targets + second * classCount, count: classCount,
                share: share)
        }
    }
}
