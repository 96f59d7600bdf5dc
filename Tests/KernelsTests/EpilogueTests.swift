import Kernels
import Tensor
import Testing
import _TestSupport

/// What follows a convolution, against its definition in doubles.
struct EpilogueTests {
    private static let sizes: [(height: Int, width: Int)] = [
        (1, 1), (2, 2), (1, 6), (5, 7), (8, 9), (6, 4),
    ]

    @Test(arguments: [1, 7, 8, 13], [false, true])
    func everyCombination(channels: Int, pools: Bool) {
        forEvery("size", Self.sizes) { height, width in
            forEvery("slope", [nil, 0, 0.01, 1] as [Float?]) { slope in
                forEvery("scale", [false, true]) { hasScale in
                    forEvery("shift", [false, true]) { hasShift in
                        forEvery("dropout", [false, true]) { hasDropout in
                            let epilogue = Epilogue(
                                height: height, width: width, channels: channels,
                                negativeSlope: slope, pools: pools)
                            EpilogueCase(
                                epilogue, hasScale: hasScale, hasShift: hasShift,
                                hasDropout: hasDropout
                            ).expectAllTilings()
                        }
                    }
                }
            }
        }
    }

    @Test func halvesRoundDown() {
        func size(_ height: Int, _ width: Int, pools: Bool) -> [Int] {
            let epilogue = Epilogue(
                height: height, width: width, channels: 3, negativeSlope: nil, pools: pools)
            return [epilogue.outputHeight, epilogue.outputWidth, epilogue.outputCount]
        }
        #expect(size(5, 8, pools: true) == [2, 4, 24])
        #expect(size(1, 3, pools: true) == [0, 1, 0])
        #expect(size(5, 8, pools: false) == [5, 8, 120])
    }

    /// One window with nine channels, so that one is not in a whole vector.
    private func run(
        _ pixels: [Float], slope: Float? = nil
    ) -> (output: [Float], gradient: [Float]) {
        let channels = 9
        let image = pixels.flatMap { Array(repeating: $0, count: channels) }
        let epilogue = Epilogue(
            height: 2, width: 2, channels: channels, negativeSlope: slope, pools: true)
        var test = EpilogueCase(epilogue, hasScale: false, hasShift: false, hasDropout: false)
        test.image = image
        test.outputGradient = Array(repeating: 2, count: channels)
        let (output, gradient, _) = test.run(.whole)
        // All channels go the same way.
        for pixel in 0..<4 {
            let values = gradient[(pixel * channels)..<((pixel + 1) * channels)]
            #expect(Set(values).count == 1)
        }
        #expect(Set(output.map(\.bitPattern)).count == 1)
        return ([output[0]], (0..<4).map { gradient[$0 * channels] })
    }

    @Test func theFirstOfEqualValuesWins() {
        #expect(run([3, 3, 3, 3]).gradient == [2, 0, 0, 0])
        #expect(run([1, 3, 3, 3]).gradient == [0, 2, 0, 0])
        #expect(run([1, 0, 3, 3]).gradient == [0, 0, 2, 0])
        #expect(run([-3, -3, -3, -3], slope: 0.5).gradient == [1, 0, 0, 0])
        #expect(run([0, 0, 0, 0], slope: 0.5).gradient == [1, 0, 0, 0])
        #expect(run([-3, -3, -3, -3], slope: 0).gradient == [0, 0, 0, 0])
    }

    @Test(arguments: [nil, 0, 0.01, 1] as [Float?])
    func aNumberThatIsNoneWins(slope: Float?) {
        for place in 0..<4 {
            var pixels: [Float] = [1, .infinity, -2, 5]
            pixels[place] = .nan
            let (output, gradient) = run(pixels, slope: slope)
            #expect(output[0].isNaN)
            #expect(gradient == (0..<4).map { $0 == place ? 2 : 0 })
        }
    }

    @Test func infinitiesAreValuesLikeOthers() {
        let negative = run(Array(repeating: -.infinity, count: 4))
        #expect(negative.output == [-.infinity])
        #expect(negative.gradient == [2, 0, 0, 0])
        let positive = run([1, 2, .infinity, 3], slope: 0.5)
        #expect(positive.output == [.infinity])
        #expect(positive.gradient == [0, 0, 2, 0])
    }
}

/// An epilogue over a random image, and what it computes by its definition.
private struct EpilogueCase {
    let epilogue: Epilogue
    /// `[height, width, channels]`, away from ties and from zero.
    var image: [Float]
    var outputGradient: [Float]
    private var scale: [Float]?
    private var shift: [Float]?
    private var mask: DropoutMask?

    init(_ epilogue: Epilogue, hasScale: Bool, hasShift: Bool, hasDropout: Bool) {
        self.epilogue = epilogue
        var source = RandomSource(seed: 4)
        image = source.separatedValues(epilogue.height * epilogue.width * epilogue.channels)
        outputGradient = source.values(epilogue.outputCount)
        // Negative ones turn the order of the values around.
        if hasScale {
            scale = source.values(epilogue.channels).map { $0 < 0 ? $0 - 0.1 : $0 + 0.1 }
        }
        if hasShift { shift = source.values(epilogue.channels) }
        if hasDropout { mask = DropoutMask(rate: 0.4, seed: 9) }
    }

    /// Expects that the output and its gradient are those of the definition, in whatever patches
    /// the image comes.
    func expectAllTilings() {
        let (expectedOutput, expectedGradient) = byDefinition()
        var expectedSums = [Double](repeating: 0.5, count: epilogue.channels)
        for (index, gradient) in expectedGradient.enumerated() {
            expectedSums[index % epilogue.channels] += gradient
        }
        forEvery("tiling", Tiling.allCases) { tiling in
            let (output, gradient, sums) = run(tiling)
            // Outputs may be small differences of larger terms, and are as exact as these.
            #expect(
                deviation(of: output, from: expectedOutput, floor: 0.1) <= 1e-6,
                "\(SweepTrace.description)")
            #expect(
                deviation(of: gradient, from: expectedGradient) <= 1e-6,
                "\(SweepTrace.description)")
            #expect(deviation(of: sums, from: expectedSums) <= 1e-5, "\(SweepTrace.description)")
        }
    }

    /// Output, gradient of the transformed image, and its sums added to 0.5, in guarded memory.
    func run(_ tiling: Tiling) -> (output: [Float], gradient: [Float], sums: [Float]) {
        let output = GuardedFloats(epilogue.outputCount)
        let image = GuardedFloats(image)
        let codes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: epilogue.outputCount + 16)
        codes.initialize(repeating: 255)
        defer { codes.deallocate() }
        let outputGradient = GuardedFloats(outputGradient)
        let gradient = GuardedFloats(image.count)
        let sums = GuardedFloats(epilogue.channels, filledWith: 0.5)
        func forEachPatch(of image: GuardedFloats, _ body: (OutputPatch) -> Void) {
            tiling.forEachPatch(
                of: image.start, height: epilogue.height, width: epilogue.width,
                channels: epilogue.channels, body)
        }
        forEachPatch(of: image) { patch in
            epilogue.forward(
                patch, scale: scale, shift: shift, output: output.start,
                codes: epilogue.pools ? codes.baseAddress : nil, mask: mask)
        }
        forEachPatch(of: gradient) { patch in
            epilogue.backward(
                outputGradient: outputGradient.start, output: output.start,
                codes: epilogue.pools ? codes.baseAddress : nil, mask: mask, into: patch,
                sums: sums.start)
        }
        let withoutCodes = GuardedFloats(epilogue.outputCount)
        forEachPatch(of: image) { patch in
            epilogue.forward(
                patch, scale: scale, shift: shift, output: withoutCodes.start, codes: nil,
                mask: mask)
        }
        #expect(
            isIdentical(withoutCodes.elements, output.elements),
            "without codes, \(SweepTrace.description)")
        #expect(codes.suffix(16).allSatisfy { $0 == 255 }, "\(SweepTrace.description)")
        let buffers = [output, image, outputGradient, gradient, sums, withoutCodes]
        #expect(buffers.allSatisfy { $0.isIntact }, "\(SweepTrace.description)")
        return (output.elements, gradient.elements, sums.elements)
    }

    /// The output, and the gradient of `Σ outputGradient * output` by the image after scale and
    /// shift.
    private func byDefinition() -> (output: [Double], gradient: [Double]) {
        let channels = epilogue.channels
        let transformed = image.indices.map { index in
            Double(image[index]) * Double(scale?[index % channels] ?? 1)
                + Double(shift?[index % channels] ?? 0)
        }
        let factors = dropoutFactors()
        var gradient = [Double](repeating: 0, count: image.count)
        let output = (0..<epilogue.outputCount).map { index in
            // Of the pixels that the output sees, the first of those with the largest value.
            let seen = pixels(of: index / channels).map { $0 * channels + index % channels }
            let largest = seen.map { transformed[$0] }.max() ?? .nan
            let winner = seen.first { transformed[$0] == largest } ?? 0
            let slope = largest > 0 ? 1 : epilogue.negativeSlope.map(Double.init) ?? 1
            gradient[winner] = Double(outputGradient[index]) * slope * factors[index]
            return largest * slope * factors[index]
        }
        return (output, gradient)
    }

    /// The pixels that an output sees, row-major.
    private func pixels(of output: Int) -> [Int] {
        guard epilogue.pools else { return [output] }
        let (row, column) = output.quotientAndRemainder(dividingBy: epilogue.outputWidth)
        let first = 2 * row * epilogue.width + 2 * column
        return [first, first + 1, first + epilogue.width, first + epilogue.width + 1]
    }

    /// What dropout multiplies the outputs by.
    private func dropoutFactors() -> [Double] {
        var factors = [Float](repeating: 1, count: epilogue.outputCount)
        factors.withUnsafeMutableBufferPointer { factors in
            guard let start = factors.baseAddress else { return }
            mask?.apply(start, into: start, count: factors.count)
        }
        return factors.map(Double.init)
    }
}
