import Testing

@testable import Graph

@Suite struct KnowledgeQueryTests {
    @Test func readsPatterns() throws {
        let query = try KnowledgeQuery([
            "?song by ?artist", " ?artist  NEAR \"Nina \\\"S\\\" Simone\" ", "?song of Art rock",
            "\"Stand By Me\" similar ?song", "?song from 1990s",
        ])
        #expect(query.variables == ["song", "artist"])
        #expect(query.patterns.map(\.relation) == [.by, .near, .of, .similar, .from])
        #expect(query.patterns[1].object == .name("Nina \"S\" Simone"))
        #expect(query.patterns[2].object == .name("Art rock"))
        #expect(query.patterns[3].subject == .name("Stand By Me"))
        #expect(query.kinds == ["song": .song, "artist": .artist])
    }

    @Test("a name may hold words that are relations")
    func relationsInNames() throws {
        let query = try KnowledgeQuery(["?song by The Man from Near by"])
        #expect(query.patterns[0].object == .name("The Man from Near by"))
        #expect(try KnowledgeQuery(["\"by\" by \"by\""]).patterns[0].subject == .name("by"))
    }

    @Test(arguments: [
        ([], "at least one pattern"), (["?song likes ?artist"], "relations are similar, by"),
        ([""], "has no relation"), (["by ?artist"], "has no relation"),
        (["?song by"], "ends after by"), (["Stand up by ?artist"], "2 words before by"),
        (["?song by \"Nina"], "closing quote"), (["? by ?artist"], "the variable '?'"),
        (["?song by ?an artist"], "the variable '?an artist'"),
        (
            ["?a by ?b", "?b in happy"],
            "?b is an artist in '?a by ?b', but a song in '?b in happy'"
        ),
        (["?a by ?a"], "?a is a song in '?a by ?a', but an artist"),
    ])
    func saysWhatIsWrong(patterns: [String], words: String) {
        let error = #expect(throws: KnowledgeError.self) { try KnowledgeQuery(patterns) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
