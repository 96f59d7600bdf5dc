import Foundation
import Kernels
import Tensor
import Testing

@testable import Train

struct AugmentationTests {
    private func draws(
        _ augmentation: Augmentation, height: Int = 48, width: Int = 48, count: Int = 400
    ) -> [Augmentation.Draw] {
        (0..<count).map { index in
            var random = RandomSource(seed: 1, UInt64(index))
            return augmentation.draw(height: height, width: width, channels: 1, using: &random)
        }
    }

    @Test func noneDrawsNothing() {
        #expect(
            draws(.none).allSatisfy {
                $0.warp == nil && $0.blur == nil && $0.noise == nil && $0.erasing == nil
            })
    }

    @Test func amountsStayWithinTheirLimits() throws {
        let augmentation = Augmentation.strong
        var mirrored = 0
        for draw in draws(augmentation) {
            let warp = try #require(draw.warp)
            // Signed area of what one pixel of the result shows.
            let area =
                warp.columnStep.x * warp.rowStep.y - warp.columnStep.y * warp.rowStep.x
            if area < 0 { mirrored += 1 }
            let size = 1 / abs(area).squareRoot()
            #expect((0.8499...1.1501).contains(size))
            let angle = atan2(-warp.columnStep.y, abs(warp.columnStep.x)) * 180 / .pi
            #expect(abs(angle) <= 10.001)
            // Where the middle of the source went: the shift solves step * shift = -origin.
            let shiftX =
                (-warp.origin.x * warp.rowStep.y + warp.origin.y * warp.rowStep.x) / area
            let shiftY =
                (-warp.origin.y * warp.columnStep.x + warp.origin.x * warp.columnStep.y) / area
            #expect(abs(shiftX) <= 4.801 && abs(shiftY) <= 4.801)
            #expect((0.7...1.3).contains(warp.contrast))
            #expect(abs(warp.brightness) <= 51)
        }
        // Half of 400, within five standard errors.
        #expect((150...250).contains(mirrored))
    }

    @Test func someAreBlurredAndSomeAreNoisy() {
        let draws = draws(.strong)
        let blurs = draws.compactMap(\.blur)
        let noises = draws.compactMap(\.noise)
        // 15 in 100 of 400, within five standard errors.
        #expect((25...95).contains(blurs.count) && (25...95).contains(noises.count))
        #expect(blurs.allSatisfy { (0...1.441).contains($0.deviation) })
        #expect(blurs.contains { $0.deviation > 1 })
        #expect(noises.allSatisfy { (0...25.51).contains($0.deviation) })
        #expect(Set(noises.map(\.seed)).count == noises.count)
    }

    @Test(arguments: [(48, 48), (20, 64), (64, 20)])
    func erasedAreaStaysWithinItsLimits(height: Int, width: Int) {
        let erased = draws(.strong, height: height, width: width).compactMap(\.erasing)
        #expect((150...250).contains(erased.count))
        for erasing in erased {
            #expect(erasing.rows.lowerBound >= 0 && erasing.rows.upperBound <= height)
            #expect(erasing.columns.lowerBound >= 0 && erasing.columns.upperBound <= width)
            let area = erasing.rows.count * erasing.columns.count
            #expect(area * 4 <= height * width)
        }
        let areas = erased.map { Double($0.rows.count * $0.columns.count) }
        let fraction = areas.reduce(0, +) / Double(areas.count) / Double(height * width)
        #expect((0.1...0.16).contains(fraction))
    }

    @Test func everythingCanBeErased() {
        var augmentation = Augmentation()
        augmentation.erasingProbability = 1
        augmentation.erasedArea = 1...1
        for draw in draws(augmentation, count: 100) {
            let erasing = draw.erasing
            #expect(erasing.map { $0.rows.upperBound <= 48 && $0.columns.upperBound <= 48 } == true)
        }
    }

    @Test(arguments: [Float(0.2), 0.4, 1, 2])
    func sharesFollowABetaDistribution(alpha: Float) {
        var augmentation = Augmentation()
        augmentation.mixup = alpha
        var random = RandomSource(seed: 4)
        let shares = (0..<8_000).map { _ in Double(augmentation.drawShare(using: &random)) }
        #expect(shares.allSatisfy { (0...1).contains($0) })
        let mean = shares.reduce(0, +) / 8_000
        let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8_000
        #expect(abs(mean - 0.5) < 0.025)
        #expect(abs(variance - 1 / (4 * (2 * Double(alpha) + 1))) < 0.01)
    }

    @Test func survivesCoding() throws {
        let data = try JSONEncoder().encode(Augmentation.strong)
        #expect(try JSONDecoder().decode(Augmentation.self, from: data) == .strong)
    }

    @Test func oneFromBeforeThereWasBlurHasNone() throws {
        var old = Augmentation.strong
        (old.blurProbability, old.noiseProbability) = (0, 0)
        let data = try JSONEncoder().encode(old)
        var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        for key in ["blurProbability", "blur", "noiseProbability", "noise"] {
            #expect(object.removeValue(forKey: key) != nil)
        }
        let rest = try JSONSerialization.data(withJSONObject: object)
        #expect(try JSONDecoder().decode(Augmentation.self, from: rest) == old)
    }

    @Test func impossibleAmountsTrap() async {
        await #expect(processExitsWith: .failure) {
            var augmentation = Augmentation()
            augmentation.flipProbability = 1.5
            augmentation.validate()
        }
    }
}
