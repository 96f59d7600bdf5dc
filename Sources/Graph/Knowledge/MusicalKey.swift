import Tensor

/// A pitch class and a mode: F♯ minor.
public struct MusicalKey: Hashable, Sendable {
    /// The pitch class, 0 (C) to 11 (B).
    public let pitchClass: Int
    /// Whether the mode is major; minor otherwise.
    public let isMajor: Bool

    /// Creates a key.
    ///
    /// - Precondition: The pitch class is 0 to 11.
    public init(pitchClass: Int, isMajor: Bool) {
        require((0..<12).contains(pitchClass), "a pitch class is 0 to 11, not \(pitchClass)")
        self.pitchClass = pitchClass
        self.isMajor = isMajor
    }

    /// The key of a song; nil where none was found, or the list does not give it as a pitch class.
    public init?(_ features: AudioFeatures) {
        self.init(key: features[.key], mode: features[.mode])
    }

    init?(key: Double, mode: Double) {
        guard let pitchClass = Int(exactly: key), (0..<12).contains(pitchClass),
            mode == 0 || mode == 1
        else { return nil }
        self.init(pitchClass: pitchClass, isMajor: mode == 1)
    }

    /// Reads a name: `C major`, `f# minor`, `B♭ minor`, `Ebm`, `A`.
    ///
    /// A name without a mode is major.
    public init?(named name: String) {
        var rest = name.lowercased().filter { !$0.isWhitespace && $0 != "-" }[...]
        guard let letter = rest.popFirst(), let natural = Self.naturals[letter] else { return nil }
        var pitchClass = natural
        if let sign = rest.first, let step = ["#": 1, "♯": 1, "b": -1, "♭": -1][sign] {
            pitchClass += step
            rest.removeFirst()
        }
        switch rest {
        case "", "major", "maj": isMajor = true
        case "minor", "min", "m": isMajor = false
        default: return nil
        }
        self.pitchClass = (pitchClass + 12) % 12
    }

    private static let naturals: [Character: Int] = [
        "c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11,
    ]

    private static let names = [
        "C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B",
    ]

    /// All keys, C major and C minor first.
    public static let all = (0..<12).flatMap { pitchClass in
        [true, false].map { MusicalKey(pitchClass: pitchClass, isMajor: $0) }
    }
}

extension MusicalKey: CustomStringConvertible {
    /// The name: `F♯ minor`.
    public var description: String {
        "\(Self.names[pitchClass]) \(isMajor ? "major" : "minor")"
    }
}
