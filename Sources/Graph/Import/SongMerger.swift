/// Finds the rows of a list that are one song.
struct SongMerger {
    private let rule: SongImport.Merge
    private var rows: [String: UInt32] = [:]
    private var recordings: [Recording: UInt32] = [:]
    /// The number of songs.
    private(set) var count = 0

    init(_ rule: SongImport.Merge) { self.rule = rule }

    /// The row of the song that this one is a repetition of; nil for a new song, which gets the
    /// next row.
    mutating func row(of song: Song, _ features: some RandomAccessCollection<Double>) -> Int? {
        if let row = rows[song.id] { return Int(row) }
        let row = UInt32(count)
        if rule == .recording {
            let recording = Recording(song, features)
            if let other = recordings[recording] {
                rows[song.id] = other
                return Int(other)
            }
            recordings[recording] = row
        }
        rows[song.id] = row
        count += 1
        return nil
    }
}

/// What two releases of one recording have in common.
private struct Recording: Hashable {
    private let artist: String
    private let title: String
    private let features: [Float]

    init(_ song: Song, _ features: some RandomAccessCollection<Double>) {
        artist = Self.normalized(song.artists.first ?? "")
        title = Self.normalized(song.title)
        self.features = zip(AudioFeature.allCases, features).map { feature, value in
            // A missing feature must be like a missing one.
            value.isNaN ? .infinity : Float((value / feature.roundingUnit).rounded())
        }
    }

    /// Letters and digits alone, without regard to case, and without what is behind a dash or in
    /// brackets: "(Remastered 2009)".
    private static func normalized(_ text: String) -> String {
        var depth = 0
        var result = ""
        var previous: Character = " "
        for character in text {
            if character == "(" || character == "[" {
                depth += 1
            } else if character == ")" || character == "]" {
                depth = max(depth - 1, 0)
            } else if depth == 0 {
                if character == "-", previous == " ", !result.isEmpty { break }
                if character.isLetter || character.isNumber { result.append(character) }
            }
            previous = character
        }
        // A title that is all brackets is itself.
        return (result.isEmpty ? text : result).lowercased()
    }
}

extension AudioFeature {
    /// What values of one recording differ by less than: Spotify measures each release anew.
    fileprivate var roundingUnit: Double {
        switch self {
        case .key, .mode, .timeSignature, .loudness, .tempo: 1
        case .duration: 1000
        default: 0.01
        }
    }
}
