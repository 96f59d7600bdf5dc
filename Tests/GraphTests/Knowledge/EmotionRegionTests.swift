import Testing

@testable import Graph

@Suite struct EmotionRegionTests {
    @Test(arguments: [
        (0.9, 0.9, EmotionRegion.happy), (0.1, 0.9, .angry), (0.1, 0.1, .sad), (0.9, 0.1, .calm),
        (0.5, 0.5, .happy), (0.49, 0.5, .angry), (0.5, 0.49, .calm), (0.49, 0.49, .sad),
    ])
    func quarters(valence: Float, energy: Float, region: EmotionRegion) {
        #expect(EmotionRegion(percentiles: SIMD2(valence, energy)) == region)
    }

    @Test func nowhere() {
        #expect(EmotionRegion(percentiles: SIMD2(.nan, 0.5)) == nil)
        #expect(EmotionRegion(percentiles: SIMD2(0.5, .nan)) == nil)
    }
}
