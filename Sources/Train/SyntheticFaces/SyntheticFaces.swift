import Imaging
import Kernels
import Tensor

/// Drawn faces of 48 × 48 pixels that show the seven expressions: data to try training with.
///
/// A person can tell the expressions apart, and so can a network after a few epochs; identity,
/// pose, lighting, hair, glasses, background and noise vary. They stand in for FER-2013 where that
/// is not at hand, and say nothing about how well a network does on photographs.
///
/// Each face depends on the seed and on its number alone: the same ones are drawn in every run, on
/// any number of threads.
public struct SyntheticFaces: Sendable {
    /// Faces to train with, as many of each expression as of any other, give or take one.
    public let training: ImageDataset
    /// Other faces to validate with, balanced too.
    public let validation: ImageDataset

    /// The number of rows and of columns of every face.
    public static let side = 48

    /// Draws the faces of a seed.
    ///
    /// - Complexity: O(*n*) in the number of faces; the default takes about a second.
    public init(seed: UInt64 = 42, trainingCount: Int = 4_096, validationCount: Int = 1_024) {
        training = Self.dataset(count: trainingCount, seed: seed)
        validation = Self.dataset(count: validationCount, seed: seed, startingAt: trainingCount)
    }

    /// Draws `count` faces of a seed, from number `first` on.
    ///
    /// - Complexity: O(*n*) in the number of faces.
    public static func dataset(
        count: Int, seed: UInt64, startingAt first: Int = 0
    ) -> ImageDataset {
        let area = side * side
        let samples = [UInt8](unsafeUninitializedCapacity: count * area) { buffer, filled in
            if let start = buffer.baseAddress {
                ThreadPool().split(count) { _, range in
                    for index in range {
                        draw(number: first + index, seed: seed, into: start + index * area)
                    }
                }
            }
            filled = count * area
        }
        var dataset = ImageDataset(height: side, width: side, classNames: Expression.names)
        dataset.name = "drawn faces"
        dataset.reserveCapacity(count)
        for index in 0..<count {
            let face = Image(
                width: side, height: side, channels: 1,
                samples: Array(samples[index * area..<(index + 1) * area]))
            dataset.append(face, label: expression(ofNumber: first + index).rawValue)
        }
        return dataset
    }

    /// The expression that face `number` shows: each in turn.
    static func expression(ofNumber number: Int) -> Expression {
        Expression.allCases[number % Expression.allCases.count]
    }

    private static func draw(
        number: Int, seed: UInt64, into samples: UnsafeMutablePointer<UInt8>
    ) {
        var random = RandomSource(seed: seed, UInt64(number))
        let face = FaceParameters(expression(ofNumber: number), using: &random)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: side * side) { pixels in
            guard let start = pixels.baseAddress else { return }
            pixels.initialize(repeating: 0)
            let canvas = Canvas(pixels: start, height: side, width: side)
            let renderer = FaceRenderer(face, on: canvas)
            renderer.draw()
            canvas.develop(
                renderer.exposure, noise: PixelNoise(seed: random.next()), into: samples)
        }
    }
}
