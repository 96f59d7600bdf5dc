import Foundation
import Imaging
import Testing
import Valence

/// What smoothing is good for, and what it costs, on made-up sequences.
@Suite struct MoodStabilityTests {
    @Test(
        "labels seldom change without a reason, and follow the face in half a second",
        arguments: [10.0, 30, 60])
    func stability(framesPerSecond: Double) {
        let sequence = MadeUpSequence(minutes: 3, framesPerSecond: framesPerSecond, seed: 7)
        let plain = Stability(of: sequence.readings.map(\.expression), in: sequence)
        let smoothed = Stability(of: labels(sequence) { $0.margin = 0 }, in: sequence)
        let settled = Stability(of: labels(sequence), in: sequence)
        print("\(framesPerSecond) frames/s      changes/min  delay, median  longest  right")
        print("frame by frame  \(plain)\nsmoothed        \(smoothed)\nwith a margin   \(settled)")

        // The face itself changes ten times a minute.
        #expect(plain.changesPerMinute > 150)
        #expect(smoothed.changesPerMinute < plain.changesPerMinute / 2)
        #expect(settled.changesPerMinute < smoothed.changesPerMinute / 2)
        #expect(settled.changesPerMinute < 20)
        #expect(settled.accuracy > plain.accuracy + 0.1)
        #expect(settled.medianDelay < 0.5)
        #expect(settled.longestDelay < 1.5)
    }

    @Test("the same seconds give nearly the same answer at any frame rate")
    func frameRate() {
        func delay(_ framesPerSecond: Double) -> Double {
            var sequence = MadeUpSequence(minutes: 0, framesPerSecond: framesPerSecond, seed: 1)
            let frames = Int(framesPerSecond)
            for expression in [Imaging.Expression.neutral, .happy] {
                var probabilities = [Float](repeating: 0.05, count: 7)
                probabilities[expression.rawValue] = 0.7
                sequence.truth += Array(repeating: expression, count: 3 * frames)
                sequence.readings += Array(
                    repeating: ExpressionReading(probabilities: probabilities, threshold: 0.4),
                    count: 3 * frames)
            }
            sequence.changes = [3 * frames]
            return Stability(of: labels(sequence), in: sequence).longestDelay
        }
        for framesPerSecond in [15.0, 30, 120] {
            #expect(abs(delay(framesPerSecond) - delay(1000)) <= 1 / framesPerSecond)
        }
    }

    /// The labels of a tracker that sees one face.
    private func labels(
        _ sequence: MadeUpSequence, _ change: (inout MoodTracker.Options) -> Void = { _ in }
    ) -> [Imaging.Expression?] {
        var options = MoodTracker.Options()
        change(&options)
        var tracker = MoodTracker(options: options)
        let face = DetectedFace(box: Rectangle(x: 0, y: 0, width: 60, height: 60), score: 1)
        return sequence.readings.enumerated().map { frame, reading in
            let readings = [FaceReading(face: face, expression: reading)]
            return tracker.update(with: readings, at: sequence.time(of: frame))[0].expression
        }
    }
}

extension Stability: CustomStringConvertible {
    var description: String {
        String(
            format: "%11.1f  %11.2f s  %5.2f s  %3.0f %%", changesPerMinute, medianDelay,
            longestDelay, accuracy * 100)
    }
}
