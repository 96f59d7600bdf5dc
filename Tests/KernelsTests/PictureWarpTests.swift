import Kernels
import Testing

struct PictureWarpTests {
    struct Size: CustomTestStringConvertible {
        var height: Int
        var width: Int
        var channels: Int
        var testDescription: String { "[\(height), \(width), \(channels)]" }
    }

    static let sizes = [
        Size(height: 5, width: 5, channels: 1), Size(height: 6, width: 9, channels: 3),
        Size(height: 1, width: 4, channels: 1), Size(height: 48, width: 48, channels: 1),
    ]
    static let scaling = SampleScaling(mean: 0.4, spread: 0.3)

    private func picture(_ size: Size) -> [UInt8] {
        let noise = PixelNoise(seed: 11)
        return (0..<size.height * size.width * size.channels).map { UInt8(noise.sample(at: $0)) }
    }

    private func warped(_ picture: [UInt8], by warp: PictureWarp) throws -> [Float] {
        var inputs = [Float](repeating: .nan, count: picture.count)
        try inputs.withUnsafeMutableBufferPointer { inputs in
            warp.apply(
                to: picture, scaling: Self.scaling, into: try #require(inputs.baseAddress))
        }
        return inputs
    }

    /// The slow readable version of `PictureWarp`, in Double.
    private func oracle(_ picture: [UInt8], _ warp: PictureWarp) -> [Double] {
        let (height, width, channels) = (warp.height, warp.width, warp.channels)
        func sample(_ row: Int, _ column: Int, _ channel: Int) -> Double {
            let row = min(max(row, 0), height - 1)
            let column = min(max(column, 0), width - 1)
            return Double(picture[(row * width + column) * channels + channel])
        }
        let mean = picture.reduce(0) { $0 + Double($1) } / Double(picture.count)
        var result: [Double] = []
        for row in 0..<height {
            for column in 0..<width {
                let x = Double(column) - Double(width - 1) / 2
                let y = Double(row) - Double(height - 1) / 2
                let sourceX =
                    x * Double(warp.columnStep.x) + y * Double(warp.rowStep.x)
                    + Double(warp.origin.x) + Double(width - 1) / 2
                let sourceY =
                    x * Double(warp.columnStep.y) + y * Double(warp.rowStep.y)
                    + Double(warp.origin.y) + Double(height - 1) / 2
                let (left, top) = (Int(sourceX.rounded(.down)), Int(sourceY.rounded(.down)))
                let (alongX, alongY) = (sourceX - Double(left), sourceY - Double(top))
                for channel in 0..<channels {
                    let value =
                        sample(top, left, channel) * (1 - alongX) * (1 - alongY)
                        + sample(top, left + 1, channel) * alongX * (1 - alongY)
                        + sample(top + 1, left, channel) * (1 - alongX) * alongY
                        + sample(top + 1, left + 1, channel) * alongX * alongY
                    let changed =
                        (value - mean) * Double(warp.contrast) + mean + Double(warp.brightness)
                    result.append(
                        (min(max(changed, 0), 255) / 255 - Double(Self.scaling.mean))
                            / Double(Self.scaling.spread))
                }
            }
        }
        return result
    }

    @Test(arguments: sizes)
    func warpAgreesWithTheOracle(size: Size) throws {
        let picture = picture(size)
        for step in 0..<8 {
            let rotation = Rotation(radians: Float(step) * 0.8 - 2)
            let factor = 0.7 + Float(step) * 0.1
            var warp = PictureWarp(
                height: size.height, width: size.width, channels: size.channels)
            warp.columnStep = rotation.direction * (step % 2 == 0 ? factor : -factor)
            warp.rowStep = rotation.turning([0, factor])
            warp.origin = [Float(step) * 0.7 - 2, 1.3 - Float(step) * 0.4]
            warp.contrast = 0.6 + Float(step) * 0.15
            warp.brightness = Float(step) * 9 - 30
            for (value, expected) in zip(try warped(picture, by: warp), oracle(picture, warp)) {
                #expect(abs(Double(value) - expected) < 2e-4, "step \(step)")
            }
        }
    }

    @Test(arguments: sizes)
    func identityIsExact(size: Size) throws {
        let picture = picture(size)
        let warp = PictureWarp(height: size.height, width: size.width, channels: size.channels)
        #expect(try warped(picture, by: warp) == picture.map { Self.scaling(Float($0)) })
    }

    @Test(arguments: sizes)
    func mirrorIsExact(size: Size) throws {
        let picture = picture(size)
        var warp = PictureWarp(height: size.height, width: size.width, channels: size.channels)
        warp.columnStep = [-1, 0]
        let mirrored = try warped(picture, by: warp)
        for row in 0..<size.height {
            for column in 0..<size.width {
                for channel in 0..<size.channels {
                    let index = (row * size.width + column) * size.channels + channel
                    let source =
                        (row * size.width + size.width - 1 - column) * size.channels + channel
                    #expect(mirrored[index] == Self.scaling(Float(picture[source])))
                }
            }
        }
    }

    @Test func quarterTurnMovesTheTopToTheRight() throws {
        let size = Size(height: 7, width: 7, channels: 1)
        let picture = picture(size)
        var warp = PictureWarp(height: 7, width: 7, channels: 1)
        warp.columnStep = [0, -1]
        warp.rowStep = [1, 0]
        let turned = try warped(picture, by: warp)
        for row in 0..<7 {
            for column in 0..<7 {
                let source = picture[(6 - column) * 7 + row]
                #expect(turned[row * 7 + column] == Self.scaling(Float(source)))
            }
        }
    }
}
