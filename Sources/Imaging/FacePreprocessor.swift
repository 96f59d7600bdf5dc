import Foundation
package import Kernels
public import Tensor

/// What turns pictures of faces into the input of a network.
///
/// Training, evaluation and camera all go through this one type, and a weights file carries it, so
/// that a network never sees faces cropped or scaled otherwise than those it was trained on. The
/// way of a face is: crop it with a margin, make it gray, bring it to the size of the input, and
/// scale its samples. The pictures of a data set are crops already, and join after the first step.
public struct FacePreprocessor: Hashable, Codable, Sendable {
    /// The number of rows of the network's input.
    public var height: Int
    /// The number of columns of the network's input.
    public var width: Int
    /// 1 (grayscale) or 3 (RGB).
    public var channels: Int
    /// What is subtracted from a sample after it was scaled to 0...1.
    public var mean: Float
    /// What the difference is divided by.
    public var spread: Float
    /// What is cropped around the box of a detector.
    public var margin: FaceMargin

    /// Creates a preprocessor; without a mean and a spread it only scales samples to 0...1.
    public init(
        height: Int = 48, width: Int = 48, channels: Int = 1, mean: Float = 0, spread: Float = 1,
        margin: FaceMargin = FaceMargin()
    ) {
        self.height = height
        self.width = width
        self.channels = channels
        self.mean = mean
        self.spread = spread
        self.margin = margin
    }

    /// The crop of a face, as the network is to see it.
    ///
    /// - Parameters:
    ///   - box: Where a detector found the face; parts of it may lie outside of the picture.
    ///   - image: The picture, with pixels.
    /// - Returns: A picture of the size and the channels of the network's input.
    /// - Precondition: The box is not empty.
    public func crop(of box: Rectangle, in image: Image) -> Image {
        var part = margin.crop(around: box)
        // A box of a pixel or two may come to nothing when its edges are rounded.
        part.width = max(part.width, 1)
        part.height = max(part.height, 1)
        return fitted(image.cropped(to: part))
    }

    /// A picture of nothing but a face, with the size and the channels of the network's input.
    public func fitted(_ face: Image) -> Image {
        face.converted(toChannels: channels).resized(height: height, width: width)
    }

    /// The network's input for pictures that fit it.
    ///
    /// - Parameter faces: What `crop` or `fitted` returned.
    /// - Returns: `[count, height, width, channels]`.
    /// - Precondition: The pictures have the size and the channels of the network's input.
    /// - Complexity: O(*n*) in the number of samples.
    public func input(of faces: [Image]) -> Tensor {
        let count = height * width * channels
        var input = Tensor(zeros: [faces.count, height, width, channels])
        input.withUnsafeMutableElements { elements in
            guard let start = elements.baseAddress else { return }
            for (index, face) in faces.enumerated() {
                require(
                    face.height == height && face.width == width && face.channels == channels,
                    "a picture of [\(face.height), \(face.width), \(face.channels)] is no input "
                        + "of [\(height), \(width), \(channels)]")
                scaling.scale(face.samples, into: start + index * count, count: count)
            }
        }
        return input
    }

    /// The network's value of a sample: `(sample / 255 - mean) / spread`.
    public func value(of sample: Float) -> Float {
        scaling(sample)
    }

    /// The same for whole pictures.
    package var scaling: SampleScaling { SampleScaling(mean: mean, spread: spread) }
}

extension FacePreprocessor {
    /// Reads a preprocessor from JSON; what is left out takes its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        height = try values.decode(Int.self, forKey: .height)
        width = try values.decode(Int.self, forKey: .width)
        channels = try values.decode(Int.self, forKey: .channels)
        mean = try values.decodeIfPresent(Float.self, forKey: .mean) ?? mean
        spread = try values.decodeIfPresent(Float.self, forKey: .spread) ?? spread
        margin = try values.decodeIfPresent(FaceMargin.self, forKey: .margin) ?? margin
    }

    /// Reads what a network carries; nil where it cannot be read, or does not fit the input.
    ///
    /// - Parameters:
    ///   - metadata: JSON; nil stands for pictures of the input's size, scaled to 0...1.
    ///   - input: The shape of the network's input.
    public init?(metadata: String?, for input: Shape) {
        guard input.rank == 3, input[2] == 1 || input[2] == 3 else { return nil }
        guard let metadata else {
            self.init(height: input[0], width: input[1], channels: input[2])
            return
        }
        let decoded = try? JSONDecoder().decode(Self.self, from: Data(metadata.utf8))
        guard let decoded, decoded.isSound,
            [decoded.height, decoded.width, decoded.channels] == input.dimensions
        else { return nil }
        self = decoded
    }

    private var isSound: Bool {
        mean.isFinite && spread.isFinite && spread > 0 && (0.5...3).contains(margin.scale)
            && (-10...10).contains(margin.down)
    }

    /// What a network is to carry: JSON on one line.
    public var metadata: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
