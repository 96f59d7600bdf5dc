/// Reads the texts of song lists, whose writers spell ids, names and years in several ways.
enum SongListText {
    /// The id of a track: of a link or URI, what follows its last slash or colon.
    static func id(_ text: String) -> String {
        guard text.contains("spotify") else { return text }
        let path = text.prefix { $0 != "?" }
        return String(path.split { $0 == ":" || $0 == "/" }.last ?? "")
    }

    /// An id made of what identifies a song for people, for a list that has none.
    ///
    /// FNV-1a over title and artists, which gives the same in any run on any machine.
    static func id(of texts: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in texts { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return "song-" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Whether `names` has to look for several.
    static func hasSeveralNames(_ text: some Collection<UInt8>) -> Bool {
        text.first == UInt8(ascii: "[") || text.contains(UInt8(ascii: ";"))
    }

    /// The names in a field: one, several between semicolons, or a list as Python prints it.
    static func names(_ text: String) -> [String] {
        if text.hasPrefix("["), text.hasSuffix("]") {
            return PythonList.texts(in: text).map(trimmed).filter { !$0.isEmpty }
        }
        guard text.contains(";") else { return text.isEmpty ? [] : [text] }
        return text.split(separator: ";").map { trimmed(String($0)) }.filter { !$0.isEmpty }
    }

    /// The year of a date: the first four digits that stand together.
    static func year(_ text: some Collection<UInt8>) -> Int? {
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

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// A list of texts as Python prints it: `['Simon & Garfunkel', "Destiny's Child"]`.
private enum PythonList {
    /// The texts between quotes; of a list without quotes, what stands between commas.
    static func texts(in list: String) -> [String] {
        var texts: [String] = []
        var rest = list.dropFirst().dropLast()
        guard rest.contains(where: { $0 == "'" || $0 == "\"" }) else {
            return rest.split(separator: ",").map(String.init)
        }
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
