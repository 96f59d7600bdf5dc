import CNN
import Imaging
import Kernels
import Tensor
import Testing

@testable import Train

struct TestTimeAugmentationTests {
    private let faces = SmallTraining.noise(20)

    @Test("flipping averages over a picture and its mirror image")
    func flip() throws {
        let network = try SmallTraining.network(dropout: 0)
        var mirrored = ImageDataset(
            height: faces.height, width: faces.width, channels: faces.channels,
            classNames: faces.classNames)
        for index in 0..<faces.count {
            let image = faces.image(at: index)
            let samples = (0..<image.height * image.width).flatMap { place in
                let (row, column) = (place / image.width, image.width - 1 - place % image.width)
                return image.samples[
                    (row * image.width + column)
                        * image.channels..<(row * image.width + column + 1) * image.channels]
            }
            mirrored.append(
                Image(
                    width: image.width, height: image.height, channels: image.channels,
                    samples: samples), label: Int(faces.labels[index]))
        }
        let expected = Predictions(vote: [
            try network.predictions(on: faces, threads: 1),
            try network.predictions(on: mirrored, threads: 1),
        ])
        let flipped = try network.predictions(on: faces, augmentation: .flip, threads: 1)
        for (logit, expected) in zip(flipped.logits, expected.logits) {
            #expect(abs(logit - expected) < 1e-5)
        }
        // Seen in the mirror, it is the same mean.
        let again = try network.predictions(on: mirrored, augmentation: .flip, threads: 1)
        for (logit, expected) in zip(again.logits, flipped.logits) {
            #expect(abs(logit - expected) < 1e-5)
        }
    }

    @Test("ten views reach to the corners of the picture, and not beyond")
    func tenCrop() throws {
        let views = TestTimeAugmentation.tenCrop.views(height: 48, width: 24, channels: 1)
            .compactMap(\.self)
        #expect(views.count == 10)
        #expect(views.count { $0.columnStep.x < 0 } == 5)
        var corners: Set<[Float]> = []
        for view in views {
            let reach = SIMD2<Float>(11.5, 23.5)
            let ends = [-reach, reach].map {
                $0.x * view.columnStep + $0.y * view.rowStep + view.origin
            }
            for end in ends {
                #expect(abs(end.x) <= 12 && abs(end.y) <= 24)
            }
            corners.insert([view.origin.x.rounded(), view.origin.y.rounded()])
        }
        #expect(corners == [[0, 0], [-1, -2], [1, -2], [-1, 2], [1, 2]])
    }

    @Test("the middle view shows the middle")
    func middle() throws {
        let gradient = (0..<48 * 48).map { UInt8($0 % 48 * 5) }
        var seen = [Float](repeating: 0, count: 48 * 48)
        let view = try #require(
            TestTimeAugmentation.tenCrop.views(height: 48, width: 48, channels: 1)[0])
        try seen.withUnsafeMutableBufferPointer {
            view.apply(
                to: gradient, scaling: SampleScaling(mean: 0, spread: 1),
                into: try #require($0.baseAddress))
        }
        // From two pixels inside of the left edge to two inside of the right one.
        #expect(abs(seen[0] * 255 / 5 - (23.5 - 23.5 * 11 / 12)) < 1e-3)
        #expect(abs(seen[47] * 255 / 5 - (23.5 + 23.5 * 11 / 12)) < 1e-3)
    }
}
