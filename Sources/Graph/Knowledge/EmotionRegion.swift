/// A quarter of the plane of valence and energy, named after what its songs sound like.
///
/// After Russell's circumplex of affect: valence stands for pleasure, energy for arousal, and the
/// axes lie where half of the catalog is on either side, for both features are skewed. A song at
/// the middle of an axis belongs to the pleasant or the energetic side.
///
/// | | valence below the middle | above |
/// |---|---|---|
/// | **energy above the middle** | angry | happy |
/// | **below** | sad | calm |
///
/// Source: Russell, "A Circumplex Model of Affect", 1980.
public enum EmotionRegion: String, CaseIterable, Codable, Sendable {
    /// Pleasant and energetic.
    case happy
    /// Unpleasant and energetic.
    case angry
    /// Unpleasant and quiet.
    case sad
    /// Pleasant and quiet.
    case calm

    /// The region of a place in the plane; nil where a song lies nowhere.
    ///
    /// - Parameter percentiles: Of valence and of energy among the catalog, 0 to 1.
    public init?(percentiles: SIMD2<Float>) {
        guard !percentiles.x.isNaN, !percentiles.y.isNaN else { return nil }
        switch (percentiles.x >= 0.5, percentiles.y >= 0.5) {
        case (true, true): self = .happy
        case (false, true): self = .angry
        case (false, false): self = .sad
        case (true, false): self = .calm
        }
    }
}
