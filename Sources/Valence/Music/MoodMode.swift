public import Imaging

/// What music does with a mood.
public enum MoodMode: String, CaseIterable, Codable, Sendable {
    /// Songs that sound like the mood.
    case match
    /// Songs that begin at the mood and go step by step to a better one.
    ///
    /// Music therapy calls it the iso principle: who is sad is met where they are.
    case lift

    /// What is done where nobody chooses: anger, fear and sadness are lifted, never made stronger.
    public static func standard(for emotion: Expression) -> MoodMode {
        switch emotion {
        case .angry, .fear, .sad: .lift
        case .disgust, .happy, .neutral, .surprise: .match
        }
    }
}
