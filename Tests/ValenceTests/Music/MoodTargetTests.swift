import Imaging
import Testing
import Valence

@Suite struct MoodTargetTests {
    @Test("the anchors of Russell and Mehrabian, as shares of a library")
    func anchors() {
        #expect(MoodTarget(.happy).point == [0.905, 0.755])
        #expect(MoodTarget(.sad).point == [0.185, 0.365])
        #expect(MoodTarget(.neutral).point == [0.5, 0.5])
        for emotion in Expression.allCases {
            var probabilities = [Float](repeating: 0, count: 7)
            probabilities[emotion.rawValue] = 1
            #expect(MoodTarget(probabilities: probabilities) == MoodTarget(emotion))
        }
    }

    @Test func anUncertainMoodLeadsToTheMiddle() {
        func distance(_ share: Float) -> Double {
            var probabilities = [Float](repeating: (1 - share) / 6, count: 7)
            probabilities[Expression.sad.rawValue] = share
            let offset = MoodTarget(probabilities: probabilities).point - 0.5
            return (offset * offset).sum()
        }
        #expect(distance(1) > distance(0.7))
        #expect(distance(0.7) > distance(0.4))
    }

    @Test func scaleDoesNotMatter() {
        let mood: [Float] = [0.1, 0, 0.2, 0.3, 0.1, 0.2, 0.1]
        let twice = MoodTarget(probabilities: mood.map { 2 * $0 })
        #expect(abs(twice.point.x - MoodTarget(probabilities: mood).point.x) < 1e-6)
        #expect(twice.emotion == .happy)
    }

    @Test func angerFearAndSadnessAreLifted() {
        let lifted = Expression.allCases.filter { MoodMode.standard(for: $0) == .lift }
        #expect(lifted == [.angry, .fear, .sad])
    }
}
