import Foundation
import Imaging

extension TrackedFace {
    /// A face that is seen for the first time.
    init(_ reading: FaceReading, identity: Int, at time: Duration) {
        self.identity = identity
        box = reading.face.box
        latest = reading.expression
        probabilities = reading.expression.probabilities
        expression = reading.expression.expression
        lastSeen = time
    }

    /// Takes what the next frame shows.
    mutating func follow(_ reading: FaceReading, at time: Duration, options: MoodTracker.Options) {
        // The weight of an exponential average whose samples are this far apart.
        let weight = 1 - Float(exp(min(lastSeen - time, .zero) / options.smoothing))
        box = reading.face.box
        latest = reading.expression
        for (index, probability) in latest.probabilities.enumerated() {
            probabilities[index] += weight * (probability - probabilities[index])
        }
        lastSeen = time
        settle(margin: options.margin)
    }

    /// Changes the expression where another one is clearly likelier, or it is clearly not likely
    /// enough any more.
    private mutating func settle(margin: Float) {
        let average = ExpressionReading(probabilities: probabilities, threshold: latest.threshold)
        if let expression {
            let own = probabilities[expression.rawValue]
            if own >= average.threshold - margin, average.confidence < own + margin { return }
        }
        expression = average.expression
    }
}
