import Foundation
import Imaging
import Tensor
import Valence

/// A face whose expression changes now and then, as a network would see it: its scores are right on
/// average, jump from frame to frame, and are wrong for some frames in a row while the face blinks
/// or turns.
struct MadeUpSequence {
    /// What the face shows, frame by frame.
    var truth: [Imaging.Expression] = []
    /// What the network says.
    var readings: [ExpressionReading] = []
    /// The frames at which the face changes.
    var changes: [Int] = []
    let framesPerSecond: Double

    /// Makes a sequence: the face changes every 4 to 8 seconds, and is disturbed for 0.15 seconds
    /// every other second.
    init(minutes: Double, framesPerSecond: Double, threshold: Float = 0.4, seed: UInt64) {
        self.framesPerSecond = framesPerSecond
        var random = RandomSource(seed: seed)
        var noise = CorrelatedNoise(count: 7, memory: 0.1 * framesPerSecond)
        var shown = Imaging.Expression.neutral
        var (untilChange, disturbance) = (0.0, (expression: shown, left: 0.0))
        for frame in 0..<Int(minutes * 60 * framesPerSecond) {
            if untilChange <= 0 {
                if frame > 0 {
                    shown = Self.other(than: shown, using: &random)
                    changes.append(frame)
                }
                untilChange = .random(in: 4...8, using: &random)
            }
            if disturbance.left <= 0,
                Double.random(in: 0..<2 * framesPerSecond, using: &random) < 1
            {
                disturbance = (Self.other(than: shown, using: &random), 0.15)
            }
            var scores = noise.next(using: &random)
            scores[(disturbance.left > 0 ? disturbance.expression : shown).rawValue] += 3
            truth.append(shown)
            readings.append(
                ExpressionReading(probabilities: softmax(scores), threshold: threshold))
            untilChange -= 1 / framesPerSecond
            disturbance.left -= 1 / framesPerSecond
        }
    }

    /// When a frame was taken.
    func time(of frame: Int) -> Duration { .seconds(Double(frame) / framesPerSecond) }

    private static func other(
        than expression: Imaging.Expression, using random: inout RandomSource
    ) -> Imaging.Expression {
        Imaging.Expression.allCases.filter { $0 != expression }.randomElement(using: &random)
            ?? expression
    }
}

/// Normal noise of deviation 1 that remembers its last values for some frames.
private struct CorrelatedNoise {
    private var values: [Float]
    private let kept: Float

    init(count: Int, memory: Double) {
        values = [Float](repeating: 0, count: count)
        kept = Float(exp(-1 / memory))
    }

    mutating func next(using random: inout RandomSource) -> [Float] {
        let fresh = Tensor(
            normalWithMean: 0, standardDeviation: 1, shape: [values.count], using: &random)
        let share = (1 - kept * kept).squareRoot()
        values = zip(values, fresh.elements).map { kept * $0 + share * $1 }
        return values
    }
}

private func softmax(_ scores: [Float]) -> [Float] {
    let powers = scores.map(exp)
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
}

/// How an answer follows a made-up sequence.
struct Stability {
    /// How often the label changes.
    var changesPerMinute: Double
    /// How long it takes until the label is right after the face has changed, in seconds.
    var delays: [Double]
    /// The share of frames whose label is right.
    var accuracy: Double

    init(of labels: [Imaging.Expression?], in sequence: MadeUpSequence) {
        let minutes = Double(labels.count) / sequence.framesPerSecond / 60
        let changes = zip(labels, labels.dropFirst()).count { $0 != $1 }
        changesPerMinute = Double(changes) / minutes
        delays = sequence.changes.compactMap { change in
            labels[change...].firstIndex(of: sequence.truth[change])
                .map { Double($0 - change) / sequence.framesPerSecond }
        }
        accuracy = Double(zip(labels, sequence.truth).count { $0 == $1 }) / Double(labels.count)
    }

    var medianDelay: Double { delays.sorted()[delays.count / 2] }
    var longestDelay: Double { delays.max() ?? 0 }
}
