import Graph
import Imaging

/// The method of the project that Valence follows: each song gets the label of the mood that is
/// nearest in valence and energy, and whoever is in that mood gets the first songs of the list.
///
/// It knows four moods, and plays calm music to who is afraid or disgusted and intense music to all
/// others.
struct LabeledList {
    private let features: SongFeatures

    /// Its moods.
    private enum Label: CaseIterable {
        case happy, sad, calm, intense

        /// Valence and energy, on the scale of the features.
        var place: SIMD2<Double> {
            switch self {
            case .happy: [0.8, 0.6]
            case .sad: [0.2, 0.3]
            case .calm: [0.6, 0.3]
            case .intense: [0.4, 0.9]
            }
        }
    }

    init(_ features: SongFeatures) { self.features = features }

    /// The first songs of the list with the label of an emotion.
    func rows(_ count: Int, for emotion: Expression) -> [Int] {
        let wanted: Label = emotion == .fear || emotion == .disgust ? .calm : .intense
        return Array(
            (0..<features.count).lazy.filter { label(of: $0) == wanted }.prefix(count))
    }

    private func label(of row: Int) -> Label? {
        let place = SIMD2(features[row, .valence], features[row, .energy])
        return Label.allCases.min {
            MoodPath.squaredDistance(place, $0.place) < MoodPath.squaredDistance(place, $1.place)
        }
    }
}
