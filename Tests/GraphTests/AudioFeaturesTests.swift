import Testing

@testable import Graph

@Suite struct AudioFeaturesTests {
    @Test("features are the same where all are, missing ones included")
    func equality() {
        var one = AudioFeatures()
        #expect(one == AudioFeatures())
        #expect(one.hashValue == AudioFeatures().hashValue)
        one[.tempo] = 120
        #expect(one != AudioFeatures())
        var other = AudioFeatures()
        other[.tempo] = 120
        #expect(one == other && one.hashValue == other.hashValue)
        other[.timeSignature] = 4
        #expect(one != other)
    }
}
