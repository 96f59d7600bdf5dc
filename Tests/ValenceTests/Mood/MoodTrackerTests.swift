import Imaging
import Testing
import Valence

@Suite struct MoodTrackerTests {
    /// A face in a square of 100 pixels that begins at `x`.
    private func face(
        at x: Double, _ expression: Imaging.Expression = .happy, _ probability: Float = 0.9,
        threshold: Float = 0.4
    ) -> FaceReading {
        var probabilities = [Float](repeating: (1 - probability) / 6, count: 7)
        probabilities[expression.rawValue] = probability
        return FaceReading(
            face: DetectedFace(box: Rectangle(x: x, y: 50, width: 100, height: 100), score: 1),
            expression: ExpressionReading(probabilities: probabilities, threshold: threshold))
    }

    private func options(
        _ change: (inout MoodTracker.Options) -> Void
    ) -> MoodTracker.Options {
        var options = MoodTracker.Options()
        change(&options)
        return options
    }

    @Test func aFirstFaceIsTakenAsItIs() {
        var tracker = MoodTracker()
        let faces = tracker.update(with: [face(at: 10), face(at: 300, .sad, 0.3)], at: .zero)
        #expect(faces.map(\.identity) == [1, 2])
        #expect(faces.map(\.expression) == [.happy, nil])
        #expect(faces[0].probabilities == face(at: 10).expression.probabilities)
        #expect(faces.map(\.confidence) == [0.9, 0.3])
        #expect(faces[0].box == Rectangle(x: 10, y: 50, width: 100, height: 100))
    }

    @Test func identitiesStayWithFacesThatMoveAndChangePlaces() {
        var tracker = MoodTracker()
        for frame in 0..<40 {
            let offset = 5 * Double(frame)
            let (left, right) = (face(at: offset), face(at: 600 - offset))
            let swapped = frame.isMultiple(of: 2)
            let faces = tracker.update(
                with: swapped ? [right, left] : [left, right], at: .milliseconds(33 * frame))
            // The first frame numbers them by their order.
            #expect(faces.map(\.identity) == (swapped ? [1, 2] : [2, 1]), "frame \(frame)")
        }
    }

    @Test("of two boxes that meet a face, the nearer one is the face")
    func competition() {
        var tracker = MoodTracker()
        _ = tracker.update(with: [face(at: 0)], at: .zero)
        let faces = tracker.update(with: [face(at: 40), face(at: 10)], at: .milliseconds(33))
        #expect(faces.map(\.identity) == [2, 1])
    }

    @Test func aFaceOutOfSightIsKnownAgainForAWhile() {
        var tracker = MoodTracker(options: options { $0.patience = .milliseconds(500) })
        _ = tracker.update(with: [face(at: 0)], at: .zero)
        #expect(tracker.update(with: [], at: .milliseconds(400)).isEmpty)
        #expect(tracker.faces.count == 1)
        #expect(tracker.update(with: [face(at: 9)], at: .milliseconds(500))[0].identity == 1)
        _ = tracker.update(with: [], at: .milliseconds(600))
        #expect(tracker.update(with: [face(at: 9)], at: .milliseconds(1001))[0].identity == 2)
        #expect(tracker.faces.count == 1)
    }

    @Test func seldomFramesAreNoReasonToForgetAFace() {
        var tracker = MoodTracker()
        for minute in 0..<3 {
            let faces = tracker.update(with: [face(at: 0)], at: .seconds(60 * minute))
            #expect(faces[0].identity == 1)
        }
    }

    @Test func probabilitiesFollowWithTheTimeConstant() {
        var tracker = MoodTracker(options: options { $0.smoothing = .seconds(1) })
        _ = tracker.update(with: [face(at: 0, .neutral, 1)], at: .zero)
        let after = tracker.update(with: [face(at: 0, .happy, 1)], at: .seconds(1))[0]
        #expect(abs(after.probabilities[Imaging.Expression.neutral.rawValue] - 0.36788) < 1e-5)
        #expect(abs(after.probabilities[Imaging.Expression.happy.rawValue] - 0.63212) < 1e-5)
        #expect(abs(after.probabilities.reduce(0, +) - 1) < 1e-6)
        #expect(after.latest.likeliest == .happy)
        // Two frames at the same time are no reason to believe the second one less than nothing.
        let same = tracker.update(with: [face(at: 0, .sad, 1)], at: .seconds(1))[0]
        #expect(same.probabilities == after.probabilities)
    }

    @Test("an expression stays until another one is likelier by the margin")
    func margin() {
        let immediate = options {
            $0.smoothing = .nanoseconds(1)
            $0.margin = 0.2
        }
        var tracker = MoodTracker(options: immediate)
        var time = Duration.zero
        func shows(_ happy: Float, _ neutral: Float) -> Imaging.Expression? {
            var probabilities = [Float](repeating: (1 - happy - neutral) / 5, count: 7)
            probabilities[Imaging.Expression.happy.rawValue] = happy
            probabilities[Imaging.Expression.neutral.rawValue] = neutral
            time += .milliseconds(33)
            var reading = face(at: 0)
            reading.expression.probabilities = probabilities
            return tracker.update(with: [reading], at: time)[0].expression
        }
        #expect(shows(0.5, 0.3) == .happy)
        #expect(shows(0.4, 0.55) == .happy)
        #expect(shows(0.35, 0.6) == .neutral)
        #expect(shows(0.55, 0.4) == .neutral)
        // The threshold is 0.4; below it, too, the margin counts.
        #expect(shows(0.25, 0.25) == .neutral)
        #expect(shows(0.15, 0.15) == nil)
        #expect(shows(0.39, 0.1) == nil)
        #expect(shows(0.41, 0.1) == .happy)
    }

    @Test("the mood is the mean of the window, in which every frame with faces counts once")
    func mood() throws {
        var tracker = MoodTracker(options: options { $0.window = .seconds(2) })
        #expect(tracker.mood == nil)
        _ = tracker.update(with: [], at: .zero)
        #expect(tracker.mood == nil)
        _ = tracker.update(
            with: [face(at: 0, .happy, 1), face(at: 300, .sad, 1)], at: .seconds(1))
        _ = tracker.update(with: [face(at: 0, .sad, 1)], at: .seconds(2))
        let both = try #require(tracker.mood)
        #expect(both.likeliest == .sad)
        #expect(both.confidence == 0.75)
        #expect(both.probabilities[Imaging.Expression.happy.rawValue] == 0.25)
        _ = tracker.update(with: [], at: .milliseconds(3500))
        #expect(tracker.mood?.confidence == 1)
        _ = tracker.update(with: [], at: .milliseconds(4500))
        #expect(tracker.mood == nil)
    }

    @Test func anEndlessWindowForgetsNothing() {
        var tracker = MoodTracker(options: options { $0.window = nil })
        for second in 0..<100 {
            _ = tracker.update(
                with: [face(at: 0, second < 60 ? .angry : .fear, 1)], at: .seconds(second))
        }
        #expect(tracker.mood?.likeliest == .angry)
        #expect(abs((tracker.mood?.confidence ?? 0) - 0.6) < 1e-6)
    }
}
