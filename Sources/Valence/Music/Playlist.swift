public import Files
public import Foundation
import Graph

/// A list of songs as a file that players and spreadsheets read.
public struct Playlist: Sendable {
    /// Kinds of files.
    public enum Format: String, CaseIterable, Sendable {
        /// Extended M3U in UTF-8: a link for each song, with its title.
        case m3u
        /// Comma-separated values (RFC 4180), the columns named in the first row.
        case csv
    }

    /// The songs in the order in which to play them.
    public var songs: [Recommendation]

    /// A list of songs.
    public init(_ songs: [Recommendation]) { self.songs = songs }

    /// Writes the list into a file, whose ending says of what kind: `.m3u`, `.m3u8` or `.csv`.
    ///
    /// - Throws: `FileError` if it has another ending, or cannot be written.
    public func write(to url: URL) throws(FileError) {
        guard let format = Self.format(of: url) else {
            throw FileError(
                .unsupported, at: url.path, "is no kind of playlist. Name it .m3u or .csv.")
        }
        try AtomicFile.write(Data(text(as: format).utf8), to: url)
    }

    /// The kind of file that an ending stands for.
    public static func format(of url: URL) -> Format? {
        switch url.pathExtension.lowercased() {
        case "m3u", "m3u8": .m3u
        case "csv": .csv
        default: nil
        }
    }

    /// The contents of a file.
    public func text(as format: Format) -> String {
        switch format {
        case .m3u: m3u
        case .csv: csv
        }
    }

    private var m3u: String {
        songs.reduce("#EXTM3U\n") { text, recommendation in
            let song = recommendation.song
            let milliseconds = recommendation.features[.duration]
            // -1 stands for a length that is not known.
            let seconds = milliseconds > 0 && milliseconds < 1e12 ? Int(milliseconds / 1000) : -1
            let name = "\(song.artists.joined(separator: ", ")) - \(song.title)"
            // An entry is a line, and titles may have line ends.
            let line = name.split(whereSeparator: \.isNewline).joined(separator: " ")
            return text + "#EXTINF:\(seconds),\(line)\n\(song.link.absoluteString)\n"
        }
    }

    private var csv: String {
        let columns = ["track_id", "track_name", "artist_name", "year", "valence", "energy", "url"]
        let rows = songs.map { recommendation in
            let song = recommendation.song
            return [
                song.id, song.title, song.artists.joined(separator: ", "),
                song.year.map(String.init) ?? "", Self.number(recommendation.features[.valence]),
                Self.number(recommendation.features[.energy]), song.link.absoluteString,
            ]
        }
        return ([columns] + rows).map { CSVRow($0).text + "\r\n" }.joined()
    }

    private static func number(_ value: Double) -> String { value.isNaN ? "" : "\(value)" }
}
