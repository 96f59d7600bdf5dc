import Testing

@testable import Imaging

struct PyramidTests {
    private let cascade = Cascade(width: 24, height: 20, features: .haar([]), stages: [])

    private func scales(
        _ width: Int, _ height: Int, _ options: FaceDetector.Options
    ) -> [Float] {
        Pyramid(Image(width: width, height: height), cascade: cascade, options: options)
            .levels.map(\.scale)
    }

    @Test func growsUntilTheWindowIsAsLargeAsThePicture() {
        #expect(scales(96, 200, .init(scaleFactor: 2)) == [1, 2, 4])
        #expect(scales(95, 200, .init(scaleFactor: 2)) == [1, 2])
        #expect(scales(24, 20, .init()) == [1])
        #expect(scales(23, 20, .init()).isEmpty)
        #expect(scales(0, 0, .init()).isEmpty)
    }

    @Test func keepsToTheLimits() {
        #expect(scales(400, 400, .init(scaleFactor: 2, minSize: 40)) == [2, 4, 8, 16])
        #expect(scales(400, 400, .init(scaleFactor: 2, minSize: 41)) == [4, 8, 16])
        #expect(scales(400, 400, .init(scaleFactor: 2, maxSize: 96)) == [1, 2, 4])
        #expect(scales(400, 400, .init(scaleFactor: 2, maxSize: 95)) == [1, 2])
    }

    @Test func takesAnyNumbers() {
        #expect(scales(400, 400, .init(scaleFactor: .infinity)) == [1])
        #expect(scales(400, 400, .init(scaleFactor: 2, minSize: 1_000_000_000)) == [16])
        #expect(scales(400, 400, .init(scaleFactor: 2, minSize: .max)).count == 1)
        #expect(scales(400, 400, .init(scaleFactor: 2, maxSize: .max)).count == 5)
    }

    @Test("Where no size is within the limits, the nearest one is taken")
    func takesTheNearest() {
        let options = FaceDetector.Options(scaleFactor: 2, minSize: 60, maxSize: 60)
        #expect(scales(400, 400, options) == [2])
    }

    @Test func largeSizesAreLookedThroughPixelByPixel() {
        let levels = Pyramid(
            Image(width: 100, height: 81), cascade: cascade,
            options: .init(scaleFactor: 2)
        ).levels
        #expect(levels.map(\.step) == [2, 1, 1])
        #expect(levels.map(\.width) == [100, 50, 25])
        // Half a row is rounded to an even number.
        #expect(levels.map(\.height) == [81, 40, 20])
        #expect(levels.map(\.windowColumns) == [39, 27, 2])
        #expect(levels.map(\.windowRows) == [31, 21, 1])
    }
}
