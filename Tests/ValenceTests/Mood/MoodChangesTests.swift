import Imaging
import Testing
import Valence

@Suite struct MoodChangesTests {
    private func reading(_ emotion: Expression, _ share: Float = 0.9) -> ExpressionReading {
        var probabilities = [Float](repeating: (1 - share) / 6, count: 7)
        probabilities[emotion.rawValue] = share
        return ExpressionReading(probabilities: probabilities, threshold: 0.5)
    }

    /// The likeliest emotions of the changes, with the seconds at which they came.
    private func changes(
        _ emotions: [Expression?], every seconds: Double, framesPerSecond: Int = 10
    ) -> [String] {
        var moods = MoodChanges(every: .seconds(seconds))
        var changes: [String] = []
        for (frame, emotion) in emotions.enumerated() {
            let time = Duration.seconds(Double(frame) / Double(framesPerSecond))
            if let mood = moods.update(with: emotion.map { [reading($0)] } ?? [], at: time) {
                changes.append("\(mood.likeliest.name) at \(frame)")
            }
        }
        if let mood = moods.finish() { changes.append("\(mood.likeliest.name) at the end") }
        return changes
    }

    @Test func theDominantMoodOfEachWhile() {
        let emotions: [Expression?] =
            Array(repeating: .happy, count: 30) + Array(repeating: .sad, count: 25)
        #expect(changes(emotions, every: 1) == ["happy at 10", "sad at 40"])
    }

    @Test func theSameMoodIsNoChange() {
        #expect(changes(Array(repeating: .happy, count: 100), every: 1) == ["happy at 10"])
    }

    @Test func nobodyIsNoMood() {
        let emotions: [Expression?] =
            Array(repeating: nil, count: 25) + Array(repeating: .angry, count: 3)
        #expect(changes(emotions, every: 1) == ["angry at the end"])
        #expect(changes(Array(repeating: nil, count: 25), every: 1) == [])
    }

    @Test func aShortFlashDoesNotCount() {
        var emotions = [Expression?](repeating: .neutral, count: 60)
        for frame in 32...34 { emotions[frame] = .surprise }
        #expect(changes(emotions, every: 2) == ["neutral at 20"])
    }

    @Test("without a length all frames count together")
    func pictures() {
        var moods = MoodChanges(every: nil)
        for emotion in [Expression.happy, .sad, .happy] {
            #expect(moods.update(with: [reading(emotion)], at: .zero) == nil)
        }
        #expect(moods.finish()?.likeliest == .happy)
        #expect(moods.finish() == nil)
    }
}
