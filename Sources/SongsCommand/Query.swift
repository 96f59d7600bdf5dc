import ArgumentParser
import CommandSupport
import Foundation
import Graph

/// `songs query`: walks the typed graph.
struct Query: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Find songs and artists by how they are related.",
        discussion: """
            A query is one or more patterns, all of which an answer fulfills. A pattern is a \
            sentence: subject, relation, object. What begins with ? is a variable, the same \
            wherever it stands; all else is a name, in any case, in double quotes if it has \
            several words and does not come last. A song is named by its id, or by a title that \
            only one song has.

            Relations:
              ?song similar ?song       an edge of the similarity graph, the most similar first
              ?song by ?artist
              ?artist near ?artist      songs of one are similar to songs of the other, nearest \
            first
              ?song of ?genre
              ?song from ?decade        1990s
              ?song in ?region          happy, angry, sad, calm: the quarters of the plane of \
            valence and energy
              ?song key ?key            C major, F# minor
              ?song labeled ?emotion    where the list labels songs

            Examples:
              songs query '?song by Nina Simone'
              songs query '?artist near Nina Simone' '?song by ?artist' '?song in happy' \
            '?song from 1990s'
              songs query '?other similar "Feeling Good"' '?other key ?key' --limit 50 --json
              songs query '?song in sad' '?song of ?genre' --select genre
            """)

    @OptionGroup var options: LibraryOptions

    @Option(help: "The most answers.")
    var limit = 20

    @Option(
        help: ArgumentHelp(
            "The variables to print, with commas between them; each combination comes once.",
            valueName: "variables"))
    var select: String?

    @Argument(help: ArgumentHelp("Subject, relation and object.", valueName: "pattern"))
    var patterns: [String]

    func validate() throws {
        try checkCounts([("limit", limit)])
        if selected?.isEmpty == true {
            throw ValidationError("--select names variables, such as --select song,artist.")
        }
    }

    func run() throws {
        let query = try KnowledgeQuery(patterns)
        let knowledge = KnowledgeGraph(try options.open())
        let start = ContinuousClock.now
        let answers = try knowledge.answers(to: query, selecting: selected, limit: limit)
        let time = ContinuousClock.now - start
        if options.json {
            try printJSON(answers, of: knowledge, time: time)
        } else {
            try printTable(answers, of: knowledge)
        }
    }

    /// The variables of `--select`, with or without question marks.
    private var selected: [String]? {
        select.map { list in
            list.split { $0 == "," || $0 == " " }.map { String($0.trimmingPrefix("?")) }
        }
    }

    private func printTable(_ answers: KnowledgeAnswers, of knowledge: KnowledgeGraph) throws {
        let cells = try answers.rows.map { row in
            try row.map { try Self.text(of: $0, in: knowledge) }
        }
        let widths = answers.variables.indices.map { column in
            min(60, cells.map { $0[column].count }.max() ?? 0)
        }
        if answers.variables.isEmpty, !cells.isEmpty { try Terminal.output("yes") }
        for row in cells where !row.isEmpty {
            let line = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
            let isRead = try Terminal.output(String(line.trimmingSuffix(while: \.isWhitespace)))
            guard isRead else { return }
        }
        switch answers.end {
        case .complete where answers.rows.isEmpty: Terminal.note("nothing fulfills all patterns")
        case .complete: break
        case .limit: Terminal.note("there are more; --limit sets how many are shown")
        case .effort:
            Terminal.note("there may be more; the search was given up, name more in the patterns")
        }
    }

    /// A node on one line; a song as everywhere.
    private static func text(
        of node: KnowledgeNode, in knowledge: KnowledgeGraph
    ) throws -> String {
        guard case .song(let row) = node else { return oneLine(try knowledge.name(of: node)) }
        return oneLine(try knowledge.library.catalog.song(at: row).line)
    }

    /// A text that does not move the cursor.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    private func printJSON(
        _ answers: KnowledgeAnswers, of knowledge: KnowledgeGraph, time: Duration
    ) throws {
        let rows = try answers.rows.map { row in
            JSONValue.object(
                JSONObject(
                    try zip(answers.variables, row).map {
                        ($0, try Self.json(of: $1, in: knowledge))
                    }))
        }
        try Terminal.output(
            JSONValue.object([
                "variables": .array(answers.variables.map { .string($0) }),
                "answers": .array(rows),
                "complete": .bool(answers.end == .complete),
                "milliseconds": .number(((time / .milliseconds(1)) * 1000).rounded() / 1000),
            ]).description)
    }

    private static func json(
        of node: KnowledgeNode, in knowledge: KnowledgeGraph
    ) throws -> JSONValue {
        guard case .song(let row) = node else {
            return [
                "kind": .string(node.kind.rawValue), "name": .string(try knowledge.name(of: node)),
            ]
        }
        var song = try knowledge.library.catalog.song(at: row).object
        song["kind"] = "song"
        return .object(song)
    }
}

extension StringProtocol {
    /// The text without the characters at its end that fulfill a condition.
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> SubSequence {
        guard let last = lastIndex(where: { !condition($0) }) else { return prefix(0) }
        return self[...last]
    }
}
