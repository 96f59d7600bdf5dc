import ArgumentParser
import CommandSupport
import Foundation
import Graph

/// `songs stats`: what a library holds.
struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count the songs of a library, its artists, genres and decades.",
        discussion: """
            Examples:
              songs stats --library Music
              songs stats --library Music --json
            """)

    @OptionGroup var library: LibraryOptions

    func run() throws {
        let library = try library.open()
        let statistics = try LibraryStatistics(of: library)
        try Terminal.output(
            self.library.json ? statistics.object.description : statistics.text)
    }
}

extension LibraryStatistics {
    /// The most genres and decades that a person is shown.
    private static let shown = 12

    fileprivate var text: String {
        var lines = [
            "\(Format.count(songs)) songs by \(Format.count(artists)) artists, "
                + "\(Format.count(genres.count)) genres"
        ]
        func list(_ name: String, _ items: [(String, Int)]) {
            guard !items.isEmpty else { return }
            let rest = items.count - Self.shown
            lines.append(
                name + ": "
                    + items.prefix(Self.shown).map { "\($0) (\(Format.count($1)))" }
                    .joined(separator: ", ") + (rest > 0 ? ", and \(rest) more" : ""))
        }
        list("decades", decades.map { ("\($0.decade)s", $0.songs) })
        list("genres", genres.map { ($0.name, $0.songs) })
        list("emotions", emotions.map { ($0.name, $0.songs) })
        for (feature, range) in ranges {
            let name = "\(feature)".padding(toLength: 18, withPad: " ", startingAt: 0)
            guard let range else {
                lines.append("\(name)missing")
                continue
            }
            lines.append(
                "\(name)\(Self.number(range.least)) to \(Self.number(range.greatest)), "
                    + "on average \(Self.number(range.mean))")
        }
        lines.append(
            edges.map {
                "graph: \(Format.count($0)) pairs of similar songs"
            } ?? "no graph yet: songs graph builds it")
        return lines.joined(separator: "\n")
    }

    /// A value of a feature, in short whatever a list holds.
    private static func number(_ value: Double) -> String {
        // Durations are up to millions of milliseconds.
        value.magnitude < 1e9 ? Format.decimal(value) : String(format: "%.3e", value)
    }

    fileprivate var object: JSONObject {
        func object(_ names: [LibraryStatistics.Name]) -> JSONValue {
            .array(names.map { ["name": .string($0.name), "songs": .integer($0.songs)] })
        }
        return [
            "songs": .integer(songs), "artists": .integer(artists), "genres": object(genres),
            "emotions": object(emotions),
            "decades": .array(
                decades.map { ["decade": .integer($0.decade), "songs": .integer($0.songs)] }),
            "features": .object(
                JSONObject(
                    ranges.map { feature, range in
                        let value: JSONValue =
                            range.map {
                                [
                                    "least": .number($0.least), "greatest": .number($0.greatest),
                                    "mean": .number($0.mean),
                                ]
                            } ?? .null
                        return ("\(feature)", value)
                    })),
            "edges": edges.map { .integer($0) } ?? .null,
        ]
    }
}
