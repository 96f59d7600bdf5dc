/// The seven facial expressions of FER-2013, in the alphabetical order of its folders.
///
/// The CSV files of FER-2013 number them otherwise (`fer2013Code`); everything inside Valence uses
/// this one order. Foundation has a type of the same name: a file that imports both writes
/// `Imaging.Expression`.
public enum Expression: Int, CaseIterable, Codable, Sendable {
    /// Angry, code 0.
    case angry
    /// Disgusted, code 1.
    case disgust
    /// Afraid, code 2.
    case fear
    /// Happy, code 3.
    case happy
    /// Neutral, code 6.
    case neutral
    /// Sad, code 4.
    case sad
    /// Surprised, code 5.
    case surprise

    /// The name of the expression, which is also the name of its folder: `angry`.
    public var name: String { String(describing: self) }

    /// The names of all expressions in order of their indices.
    public static var names: [String] { allCases.map(\.name) }

    /// Finds an expression by the name of its folder, in upper or lower case.
    public init?(name: some StringProtocol) {
        let name = name.lowercased()
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// The number of the expression in `fer2013.csv`: sad, surprise and neutral are 4, 5 and 6.
    public var fer2013Code: Int {
        switch self {
        case .angry: 0
        case .disgust: 1
        case .fear: 2
        case .happy: 3
        case .sad: 4
        case .surprise: 5
        case .neutral: 6
        }
    }

    /// Finds an expression by its number in `fer2013.csv`.
    public init?(fer2013Code code: Int) {
        guard let match = Self.allCases.first(where: { $0.fer2013Code == code }) else {
            return nil
        }
        self = match
    }
}
