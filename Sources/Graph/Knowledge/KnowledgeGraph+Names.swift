extension KnowledgeGraph {
    /// What people call a node: a title, a name, `1990s`, `happy`, `F♯ minor`.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    public func name(of node: KnowledgeNode) throws -> String {
        switch node {
        case .song(let row): try catalog.song(at: row).title
        case .artist(let name): try catalog.name(name, in: .artist) ?? name.text
        case .genre(let name): try catalog.name(name, in: .genre) ?? name.text
        case .emotion(let name): try catalog.name(name, in: .emotion) ?? name.text
        case .decade(let year): "\(year)s"
        case .region(let region): region.rawValue
        case .key(let key): key.description
        }
    }

    /// The node of a kind that people call so: for a song its id, or a title that only one song has.
    ///
    /// Case does not matter.
    ///
    /// - Throws: `KnowledgeError` that says what is there instead.
    public func node(_ kind: KnowledgeNode.Kind, named name: String) throws -> KnowledgeNode {
        switch kind {
        case .song: return try song(named: name)
        case .artist: return .artist(try knownName(name, in: .artist))
        case .genre: return .genre(try knownName(name, in: .genre))
        case .emotion: return .emotion(try knownName(name, in: .emotion))
        case .decade:
            let digits = name.lowercased().hasSuffix("s") ? name.dropLast() : name[...]
            guard let year = Int(digits), (-9999...9999).contains(year) else {
                throw KnowledgeError("\"\(name)\" is no decade; write it as 1990s or 1990.")
            }
            return .decade(Song.decade(of: year))
        case .region:
            guard let region = EmotionRegion(rawValue: name.lowercased()) else {
                let regions = EmotionRegion.allCases.map(\.rawValue).joined(separator: ", ")
                throw KnowledgeError("\"\(name)\" is no region; regions are \(regions).")
            }
            return .region(region)
        case .key:
            guard let key = MusicalKey(named: name) else {
                throw KnowledgeError("\"\(name)\" is no key; write it as C major or F# minor.")
            }
            return .key(key)
        }
    }

    private func song(named name: String) throws -> KnowledgeNode {
        if let row = try catalog.row(ofID: name) { return .song(row) }
        let folded = FoldedName(name)
        let rows = try catalog.search(name, limit: 1000)
        let songs = zip(rows, try catalog.songs(at: rows))
            .filter { FoldedName($1.title) == folded }.sorted { $0.0 < $1.0 }
        switch songs.count {
        case 1: return .song(songs[0].0)
        case 0:
            throw KnowledgeError("No song has the id or title \"\(name)\"; see: songs search TEXT")
        default:
            let examples = songs.prefix(3)
                .map { "\"\($1.id)\" by \($1.artists.first ?? "unknown")" }
                .joined(separator: ", ")
            throw KnowledgeError(
                "\(songs.count) songs are titled \"\(name)\"; give the id of one: \(examples)"
                    + (songs.count > 3 ? ", ..." : "."))
        }
    }

    private func knownName(_ name: String, in table: NameTable) throws -> FoldedName {
        let folded = FoldedName(name)
        guard try catalog.name(folded, in: table) == nil else { return folded }
        let near = try suggestions(for: folded, in: table)
        let hint =
            near.isEmpty
            ? "." : "; perhaps " + near.map { "\"\($0)\"" }.joined(separator: " or ") + "?"
        throw KnowledgeError("No song has the \(table.rawValue) \"\(name)\"" + hint)
    }

    /// Up to three names that may be meant: those that contain the text, or are few letters off.
    private func suggestions(for name: FoldedName, in table: NameTable) throws -> [String] {
        var near: [(distance: Int, name: String)] = []
        let sought = Array(name.text.unicodeScalars)
        guard (2...100).contains(sought.count) else { return [] }
        var start: Int? = 0
        while let first = start {
            let end = first + Self.pageSize
            for known in try catalog.names(in: table, entries: first..<end) {
                let folded = known.lowercased()
                let distance =
                    folded.contains(name.text)
                    ? 1 : editDistance(sought, Array(folded.unicodeScalars), limit: 3)
                if let distance, distance <= 1 + sought.count / 5 { near.append((distance, known)) }
            }
            start = end < (try catalog.count(of: table)) ? end : nil
        }
        return near.sorted {
            ($0.distance, $0.name.utf8.count, $0.name) < ($1.distance, $1.name.utf8.count, $1.name)
        }
        .prefix(3).map(\.name)
    }
}

/// The letters to insert, remove or replace to make one text of another (Levenshtein); nil where
/// they are more than the limit.
func editDistance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar], limit: Int) -> Int? {
    guard abs(one.count - other.count) <= limit else { return nil }
    var line = Array(0...other.count)
    for (row, letter) in one.enumerated() {
        var diagonal = line[0]
        line[0] = row + 1
        for column in other.indices {
            let replaced = diagonal + (letter == other[column] ? 0 : 1)
            diagonal = line[column + 1]
            line[column + 1] = min(replaced, diagonal + 1, line[column] + 1)
        }
        if line.min().map({ $0 > limit }) ?? true { return nil }
    }
    return line[other.count] <= limit ? line[other.count] : nil
}
