extension KnowledgeQuery.Pattern {
    /// Reads a pattern: `?song by "Nina Simone"`.
    init(_ text: String) throws(KnowledgeError) {
        let words = try Self.words(of: text)
        let relations = words.indices.filter { index in
            !words[index].isQuoted && Self.relation(words[index].text) != nil
        }
        // Last words need no quotes, so the first relation counts; not a name that begins the text.
        guard let place = relations.first(where: { $0 > 0 }),
            let relation = Self.relation(words[place].text)
        else {
            throw Self.error(
                text,
                "has no relation; relations are "
                    + KnowledgeRelation.allCases.map(\.rawValue).joined(separator: ", ")
                    + ", as in '?song by ?artist'")
        }
        guard place == 1 else {
            throw Self.error(
                text, "has \(place) words before \(relation.rawValue); put a name in quotes")
        }
        guard place + 1 < words.count else {
            throw Self.error(
                text, "ends after \(relation.rawValue); say what follows, or ?anything")
        }
        self.text = text
        self.relation = relation
        subject = try Self.term([words[0]], in: text)
        object = try Self.term(Array(words[(place + 1)...]), in: text)
    }

    private static func relation(_ word: String) -> KnowledgeRelation? {
        KnowledgeRelation(rawValue: word.lowercased())
    }

    private static func error(_ pattern: String, _ problem: String) -> KnowledgeError {
        KnowledgeError("The pattern '\(pattern)' \(problem).")
    }

    /// A variable, or a name of one or more words.
    private static func term(
        _ words: [Word], in text: String
    ) throws(KnowledgeError) -> KnowledgeQuery.Term {
        guard let first = words.first, !first.isQuoted, first.text.hasPrefix("?") else {
            return .name(words.map(\.text).joined(separator: " "))
        }
        let name = String(first.text.dropFirst())
        guard words.count == 1, !name.isEmpty,
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else {
            let term = words.map(\.text).joined(separator: " ")
            throw error(
                text,
                "has the variable '\(term)'; a variable is ? and letters, a name with ? is quoted")
        }
        return .variable(name)
    }

    private struct Word {
        var text = ""
        var isQuoted = false
    }

    /// Splits at white space, but not in quotes, where a backslash stands before a quote.
    private static func words(of text: String) throws(KnowledgeError) -> [Word] {
        var words: [Word] = []
        var rest = text[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard let first = rest.first else { return words }
            guard first == "\"" else {
                let word = rest.prefix { !$0.isWhitespace }
                rest = rest.dropFirst(word.count)
                words.append(Word(text: String(word)))
                continue
            }
            var word = Word(isQuoted: true)
            rest.removeFirst()
            while let letter = rest.popFirst(), letter != "\"" {
                word.text.append(letter == "\\" ? rest.popFirst() ?? letter : letter)
                guard !rest.isEmpty else { throw error(text, "lacks a closing quote") }
            }
            words.append(word)
        }
    }
}
