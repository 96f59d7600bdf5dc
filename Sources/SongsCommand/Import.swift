public import ArgumentParser
import CommandSupport
import Foundation
public import Graph

/// `songs import`: a library made of a list.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a library of a list of songs.",
        discussion: """
            The list is a CSV file whose first row names the columns, in any order: track_name, \
            artist_name, valence and energy at least; track_id, the other audio features of Spotify, \
            year, genre, popularity and emotion where there are some. The names of other lists are \
            known: name, artists, id, uri, duration, release_date, track_genre and more.

            Rows that are no songs are left out, and the first few are named. Rows with one id are \
            one song: the values of the first row count, genres and emotions of all of them are the \
            song's. A list without ids gets some that are made of artists and title. With --merge \
            recording, releases of one recording are one song as well: the same first artist, the \
            same title but for what is in brackets or behind a dash, and the same features when \
            rounded to two decimals; loudness and tempo to whole numbers, the duration to seconds.

            The library that was in the folder stays until the new one is whole, whatever happens; \
            what listeners said is kept.

            Examples:
              songs import tracks.csv --library Music
              songs import tracks.csv --library Music --merge recording --strict
              songs import tracks.csv --dry-run
            """)

    @Argument(help: "The list.", completion: .file(extensions: ["csv"]))
    var list: String

    @OptionGroup var library: LibraryOptions

    @Option(help: "Which rows are one song: those of one id, or of one recording.")
    var merge = SongImport.Merge.id

    @Flag(help: "Stop at the first row that is no song.")
    var strict = false

    @Flag(help: "Only read the list and say what is in it.")
    var dryRun = false

    @Option(help: "How many threads read. (default: one a processor)")
    var threads: Int?

    func validate() throws {
        try checkThreads(threads)
    }

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let report = try report()
        let seconds = (clock.now - start) / .seconds(1)
        for note in report.notes { Terminal.note(note) }
        try Terminal.output(
            library.json
                ? report.object(seconds: seconds).description : report.text(seconds: seconds))
    }

    /// Imports the list, or only reads it.
    private func report() throws -> ImportReport {
        let songImport = SongImport(merge: merge, isStrict: strict, threads: threads)
        let list = URL(filePath: list)
        let progress = ImportProgress()
        defer { progress.clear() }
        guard !dryRun else { return try songImport.check(list, progress: progress.show) }
        return try songImport.run(
            from: list, into: try library.namedFolder(), progress: progress.show)
    }
}

extension SongImport.Merge: ExpressibleByArgument {}

/// A bar for each stage of an import.
private final class ImportProgress {
    private var stage: SongImport.Stage?
    private var bar: ProgressBar?

    func show(_ stage: SongImport.Stage, _ completed: Int, _ total: Int) {
        if stage != self.stage {
            clear()
            self.stage = stage
            bar = ProgressBar(stage.rawValue, total: total)
        }
        bar?.update(completed: completed)
    }

    func clear() { bar?.clear() }
}

extension ImportReport {
    /// What a person should know about the list.
    fileprivate var notes: [String] {
        var notes = reasons
        if badRows > 0 {
            notes.append(
                "left out \(Format.count(badRows)) \(badRows == 1 ? "row" : "rows") without a song")
        }
        if !unusual.isEmpty {
            let features = sorted(unusual).map { "\($0.key) in \(Format.count($0.value))" }
            notes.append(
                "warning: values outside Spotify's usual ranges are kept (has the list been "
                    + "standardized?): \(features.joined(separator: ", "))")
        }
        return notes
    }

    private func sorted(_ counts: [AudioFeature: Int]) -> [(key: AudioFeature, value: Int)] {
        counts.sorted { $0.key.rawValue < $1.key.rawValue }
    }

    fileprivate func text(seconds: Double) -> String {
        var text = "\(Format.count(songs)) songs"
        if repeatedRows > 0 {
            text += ", \(Format.count(repeatedRows)) repeated rows merged"
        }
        if !missing.isEmpty {
            text += ", without \(missing.map { "\($0)" }.joined(separator: ", "))"
        }
        return text + ", in \(Format.decimal(seconds, digits: 1)) s"
    }

    fileprivate func object(seconds: Double) -> JSONObject {
        [
            "songs": .integer(songs), "repeatedRows": .integer(repeatedRows),
            "badRows": .integer(badRows), "reasons": .array(reasons.map { .string($0) }),
            "unusual": .object(
                JSONObject(sorted(unusual).map { ("\($0.key)", .integer($0.value)) })),
            "missing": .array(missing.map { .string("\($0)") }),
            "readSeconds": .number(readingTime / .seconds(1)), "seconds": .number(seconds),
            "peakBytes": .integer(ProcessMemory.peakBytes),
        ]
    }
}
