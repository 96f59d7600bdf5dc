import Kernels
import Tensor
import Testing
import _TestSupport

struct BatchNormalizationTests {
    private static let sizes: [(height: Int, width: Int)] = [(1, 1), (1, 9), (5, 7), (8, 6)]

    /// An image with what the sweeps read besides it.
    private struct Sample {
        let height, width, channels: Int
        let x: GuardedFloats
        let dy: [Float]
        /// Mean, `a`, `b` and `c`, `[channels]` each.
        let vectors: [[Float]]

        init(_ size: (height: Int, width: Int), channels: Int) {
            (height, width) = size
            self.channels = channels
            var source = RandomSource(seed: 1)
            x = GuardedFloats(source.values(height * width * channels))
            dy = source.values(x.count)
            vectors = (0..<4).map { _ in source.values(channels) }
        }

        var sweeps: BatchNormalization { BatchNormalization(width: width, channels: channels) }

        /// Expects sums over the pixels of each channel.
        func expectSums(
            _ sums: some Collection<Float>, of term: (_ element: Int, _ channel: Int) -> Double
        ) {
            let expected = (0..<channels).map { channel in
                stride(from: channel, to: x.count, by: channels).reduce(0) {
                    $0 + term($1, channel)
                }
            }
            #expect(deviation(of: Array(sums), from: expected) <= 1e-6, "\(SweepTrace.description)")
        }

        func forEachPatch(
            _ tiling: Tiling, of image: GuardedFloats, _ body: (OutputPatch) -> Void
        ) {
            tiling.forEachPatch(
                of: image.start, height: height, width: width, channels: channels, body)
        }
    }

    private func forEverySample(_ body: (Sample, Tiling) -> Void) {
        forEvery("size", Self.sizes) { size in
            forEvery("channels", [1, 3, 8, 21]) { channels in
                forEvery("tiling", Tiling.allCases) { tiling in
                    body(Sample(size, channels: channels), tiling)
                }
            }
        }
    }

    @Test func moments() {
        forEverySample { sample, tiling in
            let x = sample.x
            let copy = GuardedFloats(x.count)
            for image in [copy, nil] {
                let moments = GuardedFloats(3 * sample.channels)
                sample.forEachPatch(tiling, of: x) { patch in
                    sample.sweeps.measure(patch, into: image?.start, moments: moments.start)
                }
                func difference(_ element: Int, _ channel: Int) -> Double {
                    Double(x.start[element]) - Double(x.start[channel])
                }
                let (pivots, sums) = (moments.elements, moments.elements[sample.channels...])
                #expect(pivots.prefix(sample.channels) == x.elements[..<sample.channels])
                sample.expectSums(sums.prefix(sample.channels), of: difference)
                sample.expectSums(sums.dropFirst(sample.channels)) {
                    difference($0, $1) * difference($0, $1)
                }
                #expect(moments.isIntact)
            }
            #expect(isIdentical(copy.elements, x.elements), "\(SweepTrace.description)")
            #expect(copy.isIntact)
        }
    }

    /// The difference of two large sums would leave nothing of such a variance.
    @Test(arguments: Tiling.allCases)
    func momentsKeepASmallVarianceOnALargeMean(tiling: Tiling) {
        let channels = 11
        var source = RandomSource(seed: 3)
        let image = GuardedFloats(source.values(46 * 45 * channels).map { 1e4 + 0.1 * $0 })
        let moments = GuardedFloats(3 * channels)
        tiling.forEachPatch(of: image.start, height: 46, width: 45, channels: channels) { patch in
            BatchNormalization(width: 45, channels: channels)
                .measure(patch, into: nil, moments: moments.start)
        }
        let expected = Oracle.moments(
            ReferenceArray(image.elements, shape: [46 * 45, channels]))
        for channel in 0..<channels {
            func moment(_ index: Int) -> Double {
                Double(moments.start[index * channels + channel])
            }
            let mean = moment(1) / (46 * 45)
            let variance = moment(2) / (46 * 45) - mean * mean
            #expect(abs(moment(0) + mean - expected.mean[channel]) <= 1e-5)
            #expect(abs(variance / expected.variance[channel] - 1) <= 1e-3)
        }
    }

    @Test func gradientSums() {
        forEverySample { sample, tiling in
            let (x, dy, mean) = (sample.x, GuardedFloats(sample.dy), sample.vectors[0])
            let sums = GuardedFloats(2 * sample.channels)
            sample.forEachPatch(tiling, of: dy) { patch in
                sample.sweeps.addGradientSums(patch, x: x.start, mean: mean, to: sums.start)
            }
            sample.expectSums(sums.elements.prefix(sample.channels)) { element, _ in
                Double(sample.dy[element])
            }
            sample.expectSums(sums.elements.dropFirst(sample.channels)) { element, channel in
                Double(sample.dy[element]) * (Double(x.start[element]) - Double(mean[channel]))
            }
            #expect(sums.isIntact)
        }
    }

    @Test func inputGradient() {
        forEverySample { sample, tiling in
            let x = sample.x
            let dy = GuardedFloats(sample.dy)
            let dx = GuardedFloats(x.count)
            sample.forEachPatch(tiling, of: dy) { patch in
                let room = GuardedFloats(patch.rows.count * patch.rowStride)
                let target = OutputPatch(
                    start: room.start, rowStride: patch.rowStride, pixelStride: patch.pixelStride,
                    image: 0, rows: patch.rows, columns: patch.columns)
                sample.sweeps.inputGradient(
                    dy.start, x: x.start, mean: sample.vectors[0], a: sample.vectors[1],
                    b: sample.vectors[2], c: sample.vectors[3], into: target)
                #expect(room.isIntact)
                for (y, row) in patch.rows.enumerated() {
                    for (column, place) in patch.columns.enumerated() {
                        (dx.start + (row * sample.width + place) * sample.channels).update(
                            from: target.start + y * target.rowStride + column * target.pixelStride,
                            count: sample.channels)
                    }
                }
            }
            let expected = (0..<x.count).map { element in
                let vectors = sample.vectors.map { Double($0[element % sample.channels]) }
                return vectors[1] * Double(sample.dy[element])
                    + vectors[2] * (Double(x.start[element]) - vectors[0]) + vectors[3]
            }
            #expect(deviation(of: dx.elements, from: expected) <= 1e-6, "\(SweepTrace.description)")
        }
    }
}
