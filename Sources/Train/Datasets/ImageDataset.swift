public import Imaging
import Tensor

/// Labeled pictures of one size, decoded once and kept as bytes.
///
/// The 28,709 training faces of FER-2013 take 66 MB this way, a quarter of what floats would.
public struct ImageDataset: Sendable {
    /// The number of rows of every picture.
    public let height: Int
    /// The number of columns of every picture.
    public let width: Int
    /// 1 (grayscale) or 3 (RGB).
    public let channels: Int
    /// The name of each class; a label is an index into it.
    public let classNames: [String]
    /// What reports call the data set: `PublicTest`.
    public var name = "pictures"
    /// All pictures, `[count, height, width, channels]`.
    public private(set) var samples: [UInt8] = []
    /// The class of each picture.
    public private(set) var labels: [Int32] = []
    /// How much of each class a network is to see in each picture, `[count, classes]`; nil where that
    /// is its label alone.
    public private(set) var softTargets: [Float]?

    /// Creates a data set without pictures.
    public init(height: Int, width: Int, channels: Int = 1, classNames: [String]) {
        self.height = height
        self.width = width
        self.channels = channels
        self.classNames = classNames
    }

    /// The number of pictures.
    public var count: Int { labels.count }

    /// The number of samples of one picture.
    public var samplesPerImage: Int { height * width * channels }

    /// The number of pictures of each class.
    ///
    /// - Complexity: O(*n*) in the number of pictures.
    public var classCounts: [Int] {
        labels.reduce(into: [Int](repeating: 0, count: classNames.count)) { counts, label in
            counts[Int(label)] += 1
        }
    }

    /// Makes room for pictures that are about to be appended.
    public mutating func reserveCapacity(_ count: Int) {
        samples.reserveCapacity(count * samplesPerImage)
        labels.reserveCapacity(count)
    }

    /// Appends a picture.
    ///
    /// - Precondition: The picture has the size of the data set, the label is one of its classes, and
    ///   there are no soft targets.
    public mutating func append(_ image: Image, label: Int) {
        require(
            image.height == height && image.width == width && image.channels == channels,
            "a picture of [\(image.height), \(image.width), \(image.channels)] does not fit a data "
                + "set of [\(height), \(width), \(channels)]")
        require(softTargets == nil, "pictures are appended before there are soft targets")
        require(
            classNames.indices.contains(label),
            "label \(label) is none of the \(classNames.count) classes")
        samples.append(contentsOf: image.samples)
        labels.append(Int32(label))
    }

    /// Appends the pictures of another data set.
    ///
    /// - Precondition: Both have pictures of one size and the same classes, and no soft targets.
    public mutating func append(contentsOf other: ImageDataset) {
        require(
            other.height == height && other.width == width && other.channels == channels
                && other.classNames == classNames,
            "pictures of [\(other.height), \(other.width), \(other.channels)] and "
                + "\(other.classNames.count) classes do not fit a data set of "
                + "[\(height), \(width), \(channels)] and \(classNames.count) classes")
        require(
            softTargets == nil && other.softTargets == nil,
            "pictures are appended before there are soft targets")
        samples.append(contentsOf: other.samples)
        labels.append(contentsOf: other.labels)
    }

    /// One picture.
    ///
    /// - Complexity: O(height × width × channels).
    public func image(at index: Int) -> Image {
        let start = index * samplesPerImage
        return Image(
            width: width, height: height, channels: channels,
            samples: Array(samples[start..<start + samplesPerImage]))
    }

    /// The pictures at the given positions, in that order.
    ///
    /// - Complexity: O(*n*) in the number of samples of these pictures.
    public func selecting(_ indices: some Sequence<Int>) -> ImageDataset {
        let indices = Array(indices)
        var selection = ImageDataset(
            height: height, width: width, channels: channels, classNames: classNames)
        selection.name = name
        for index in indices {
            let start = index * samplesPerImage
            selection.samples.append(contentsOf: samples[start..<start + samplesPerImage])
            selection.labels.append(labels[index])
        }
        selection.softTargets = softTargets.map { targets in
            let classes = classNames.count
            return indices.flatMap { targets[$0 * classes..<($0 + 1) * classes] }
        }
        return selection
    }

    /// Sets how much of each class a network is to see in each picture.
    ///
    /// - Parameter targets: `[count, classes]`; rows sum to 1.
    /// - Precondition: There are as many as pictures times classes.
    public mutating func setSoftTargets(_ targets: [Float]) {
        require(
            targets.count == count * classNames.count,
            "\(targets.count) targets for [\(count), \(classNames.count)]")
        softTargets = targets
    }
}
