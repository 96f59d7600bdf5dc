public import Imaging

/// What somebody wants to hear.
///
/// A mood, songs that they like, or both.
public struct Wish: Hashable, Sendable {
    /// Seven probabilities in the order of `Expression`; nil where the mood does not matter.
    public var mood: [Float]?
    /// Ids of songs that the answer should be like.
    public var likes: [String] = []
    /// Whose feedback counts; nil for nobody's.
    public var listener: String?
    /// What is done with the mood; nil for what is standard for its likeliest emotion.
    public var mode: MoodMode?
    /// How many songs, up to `countLimit`.
    public var count = 10
    /// Another number gives other songs near the same mood.
    public var seed: UInt64 = 0

    /// The most songs of a list.
    public static let countLimit = 1000

    /// Wishes songs for a mood.
    public init(mood: [Float]) { self.mood = mood }

    /// Wishes songs for an emotion.
    public init(_ emotion: Expression) {
        mood = Expression.allCases.map { $0 == emotion ? 1 : 0 }
    }

    /// Wishes songs like others.
    public init(likes: [String]) { self.likes = likes }
}
