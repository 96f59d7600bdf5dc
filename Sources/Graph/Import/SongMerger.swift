/// Finds the rows of a list that are one song.
struct SongMerger {
    private let rule: SongImport.Merge
    private var ids = StringInterner()
    /// `[ids]`: the song of each id.
    private var rows: [UInt32] = []
    private var recordings: [Recording: UInt32] = [:]
    /// The number of songs.
    private(set) var count = 0

    init(_ rule: SongImport.Merge) { self.rule = rule }

    /// The row of the song that this one is a repetition of; nil for a new song, which gets the
    /// next row.
    mutating func row(of song: SongRecord, _ features: ArraySlice<Double>) -> Int? {
        let id = ids.number(of: song.id)
        if id < rows.count { return Int(rows[id]) }
        var row = UInt32(count)
        if rule == .recording {
            let recording = Recording(song, features)
            row = recordings[recording] ?? row
            recordings[recording] = row
        }
        rows.append(row)
        guard row == count else { return Int(row) }
        count += 1
        return nil
    }
}

/// What two releases of one recording have in common.
private struct Recording: Hashable {
    private let artist: String
    private let title: String
    private let features: [Float]

    init(_ song: SongRecord, _ features: ArraySlice<Double>) {
        let artists = NameList.names(in: String(decoding: song.artists, as: UTF8.self))
        artist = Self.normalized(artists.first ?? "")
        title = Self.normalized(String(decoding: song.title, as: UTF8.self))
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
