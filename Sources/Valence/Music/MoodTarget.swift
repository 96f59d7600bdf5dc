public import Imaging
import Tensor

/// Where in the plane of valence and energy the music of a mood lies.
///
/// Both axes are shares of a library: 0.8 in valence is where four fifths of its songs sound less
/// happy. So the target of a mood is as far out in a list of sad songs as in one of dance music.
public struct MoodTarget: Hashable, Sendable {
    /// Valence and energy, 0 to 1.
    public var point: SIMD2<Double>
    /// The likeliest emotion of the mood.
    public var emotion: Expression

    /// The target of seven probabilities, those of an `ExpressionReading`.
    ///
    /// Each emotion pulls toward its place in the circumplex as strongly as it is likely, so that an
    /// uncertain mood leads toward the middle of all.
    ///
    /// - Parameter probabilities: One for each emotion in the order of `Expression`, with any sum
    ///   above 0.
    public init(probabilities: [Float]) {
        require(
            probabilities.count == Expression.allCases.count
                && probabilities.allSatisfy { $0 >= 0 && $0.isFinite }
                && probabilities.contains { $0 > 0 },
            "MoodTarget: \(probabilities) are not seven probabilities")
        var sum = 0.0
        var mean = SIMD2<Double>.zero
        var likeliest = Expression.neutral
        for (emotion, probability) in zip(Expression.allCases, probabilities) {
            mean += Double(probability) * emotion.circumplex
            sum += Double(probability)
            if probability > probabilities[likeliest.rawValue] { likeliest = emotion }
        }
        point = Self.share(of: mean / sum)
        emotion = likeliest
    }

    /// The target of one emotion.
    public init(_ emotion: Expression) {
        point = Self.share(of: emotion.circumplex)
        self.emotion = emotion
    }

    /// Whether the target lies where music for the likeliest emotion does, not between several.
    var isClear: Bool {
        MoodPath.squaredDistance(point, MoodTarget(emotion).point) < Self.clearance * Self.clearance
    }

    /// How far from an emotion's own place its music may lie.
    private static let clearance = 0.15

    /// Where `lift` leads to: bright, and not more excited than that.
    public static let better: SIMD2<Double> = [0.85, 0.62]

    /// A place in the circumplex as shares of a library.
    private static func share(of place: SIMD2<Double>) -> SIMD2<Double> { (place + 1) / 2 }
}
