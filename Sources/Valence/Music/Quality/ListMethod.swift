/// A way to get songs for a mood, to be compared with others.
public enum ListMethod: String, CaseIterable, Sendable {
    /// `SongRecommender` with songs that match the mood.
    case match
    /// `SongRecommender` with songs that lead from the mood to a better one.
    case lift
    /// The songs that are nearest to the target in valence and energy.
    case nearest
    /// The first songs of the list that have the label of the mood (`LabeledList`).
    case labels
    /// Songs drawn by chance.
    case random
}
