import Testing

@testable import Graph

@Suite struct KnowledgeAnswersTests {
    private static let queries: [[String]] = [
        ["?song by ?artist"], ["?song by nina simone"], ["?song in happy"], ["?song from 1990s"],
        ["?song key ?key", "?song labeled happy"], ["?song of rock", "?song by air"],
        ["?song by ?artist", "?artist near \"Nina Simone\"", "?song in happy", "?song from 1990s"],
        ["?a near ?b"], ["?a near ?a"], ["?a similar ?b", "?b similar ?c", "?c similar ?a"],
        ["?a similar ?b", "?a of ?genre", "?b of ?genre", "?b key ?key", "?a key ?key"],
        ["שלום similar ?other"], ["\"artist:muse\" similar ?other", "?other by ?artist"],
        ["?a by muse", "?b by air", "?a from ?decade", "?b from ?decade", "?b in ?region"],
        ["?song in happy", "?song in sad"], ["\"artist:muse\" by ?artist"],
        ["\"artist:muse\" by muse", "?song labeled calm"],
        ["?one by ?artist", "?two by ?artist", "?one labeled ?emotion", "?two labeled ?emotion"],
    ]

    @Test("answers are those that trying everything finds, each once", arguments: queries)
    func answers(patterns: [String]) throws {
        let knowledge = try KnownSongs.knowledge()
        let oracle = KnowledgeOracle(KnownSongs.all, knowledge.library.graph)
        let patterns = patterns.map { $0.replacing("שלום", with: "\"שלום עולם\"") }
        let query = try KnowledgeQuery(patterns)
        let expected = try oracle.answers(to: query) { kind, name in
            try knowledge.node(kind, named: name)
        }
        let answers = try knowledge.answers(to: query, limit: .max)
        #expect(answers.variables == query.variables && answers.end == .complete)
        #expect(answers.rows.count == expected.count && Set(answers.rows) == expected)

        let first = try knowledge.answers(to: query, limit: 3)
        #expect(first.rows == Array(answers.rows.prefix(3)))
        #expect((first.end == .limit) == (expected.count > 3))

        for variable in query.variables {
            let column = try #require(query.variables.firstIndex(of: variable))
            let selected = try knowledge.answers(to: query, selecting: [variable], limit: .max)
            #expect(selected.rows.count == Set(selected.rows).count)
            #expect(Set(selected.rows) == Set(expected.map { [$0[column]] }))
        }
    }

    @Test("the order of the patterns changes nothing but the order of the answers")
    func orderOfPatterns() throws {
        let knowledge = try KnownSongs.knowledge()
        let patterns = Self.queries[6]
        func answers(_ patterns: [String]) throws -> Set<[KnowledgeNode]> {
            Set(
                try knowledge.answers(
                    to: try KnowledgeQuery(patterns), selecting: ["song", "artist"], limit: .max
                ).rows)
        }
        #expect(try answers(patterns) == answers(patterns.reversed()))
        #expect(try !answers(patterns).isEmpty)
    }

    @Test("a search that takes too long ends, and says so")
    func effort() throws {
        let knowledge = try KnownSongs.knowledge()
        let query = try KnowledgeQuery(["?a similar ?b", "?c similar ?d", "?e similar ?f"])
        let answers = try knowledge.answers(to: query, limit: .max, effort: 2000)
        #expect(answers.end == .effort && answers.rows.count < 3000)
    }

    @Test func saysWhatIsUnknown() throws {
        let knowledge = try KnownSongs.knowledge()
        for (patterns, selected, words) in [
            (["?song by Nobody"], nil, "In '?song by Nobody': No song has the artist \"Nobody\""),
            (
                ["?song in happy"], ["artist"],
                "No pattern has the variable ?artist; there are ?song"
            ),
        ] as [([String], [String]?, String)] {
            let error = #expect(throws: KnowledgeError.self) {
                try knowledge.answers(to: try KnowledgeQuery(patterns), selecting: selected)
            }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }
}
