/// Reads the texts of song lists, whose writers spell ids, names and years in several ways.
enum SongListText {
    /// The id of a track: of a link or URI, what follows its last slash or colon, be it nothing.
    static func id(_ text: String) -> String {
        guard text.contains("spotify") else { return text }
        let path = text.prefix { $0 != "?" }
        let parts = path.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "/" }
        return String(parts.last ?? "")
    }

    /// An id made of what identifies a song for people, for a list that has none.
    ///
    /// FNV-1a over title and artists, which gives the same in any run on any machine. The byte
    /// between them stands in no title.
    static func id(title: some Sequence<UInt8>, artists: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        title.forEach(add)
        add(0x1F)
        artists.forEach(add)
        let digits = String(hash, radix: 16)
        return "song-" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Whether `names` has to look for several.
    static func hasSeveralNames(_ text: some Collection<UInt8>) -> Bool {
        text.first == UInt8(ascii: "[") || text.contains(UInt8(ascii: ";"))
    }

    /// The names in a field: one, several between semicolons, or a list as Python prints it, whose
    /// names have quotes: "[dunkelbunt]" is one name.
    static func names(_ text: String) -> [String] {
        if ["['", "[\"", "[]"].contains(where: text.hasPrefix), text.hasSuffix("]") {
            return PythonList.texts(in: text).map(trimmed).filter { !$0.isEmpty }
        }
        guard text.contains(";") else { return text.isEmpty ? [] : [text] }
        return text.split(separator: ";").map { trimmed(String($0)) }.filter { !$0.isEmpty }
    }

    /// The year of a date: the first four digits that stand together; none where a minus is first.
    static func year(_ text: some Collection<UInt8>) -> Int? {
        let first = text.first { $0 != UInt8(ascii: " ") }
        guard first != UInt8(ascii: "-") else { return nil }
        var digits = 0
        var year = 0
        for byte in text {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                year = year * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                if digits == 4 { return year > 0 ? year : nil }
            } else {
                (digits, year) = (0, 0)
            }
        }
        return nil
    }

    /// The value of a feature that is no number: the name of a key or mode, or minutes and seconds.
    static func value(_ bytes: UnsafeRawBufferPointer, of feature: AudioFeature) -> Double? {
        let text = trimmed(String(decoding: bytes.prefix(40), as: UTF8.self)).lowercased()
        switch feature {
        case .key: return MusicalKey(named: text).map { Double($0.pitchClass) }
        case .mode: return ["major": 1, "minor": 0][text]
        case .duration:
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { UInt16($0) }
            guard (2...3).contains(parts.count), numbers.count == parts.count,
                numbers.dropFirst().allSatisfy({ $0 < 60 })
            else { return nil }
            return numbers.reduce(0) { $0 * 60 + Double($1) } * 1000
        default: return nil
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// A list of texts as Python prints it: `['Simon & Garfunkel', "Destiny's Child"]`.
private enum PythonList {
    /// The texts between quotes.
    static func texts(in list: String) -> [String] {
        var texts: [String] = []
        var rest = list.dropFirst().dropLast()
        while let open = rest.firstIndex(where: { $0 == "'" || $0 == "\"" }) {
            let quote = rest[open]
            rest = rest[rest.index(after: open)...]
            var text = ""
            while let character = rest.popFirst(), character != quote {
                // Behind a backslash stands a quote or another backslash.
                text.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
            }
            texts.append(text)
        }
        return texts
    }
}
