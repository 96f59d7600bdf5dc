/// The songs of a library by their rows, ids, artists and words, and what listeners said of them.
public final class Catalog: Sendable {
    /// The number of songs.
    public var count: Int { fatalError("to come") }

    /// The song of a row.
    public func song(at row: Int) throws -> Song { fatalError("to come") }

    /// The songs of rows, in their order.
    public func songs(at rows: [Int]) throws -> [Song] { fatalError("to come") }

    /// The row of the song with an id; nil where there is none.
    public func row(ofID id: String) throws -> Int? { fatalError("to come") }

    /// The rows of an artist's songs, the name compared without regard to case.
    public func rows(byArtist name: String) throws -> [Int] { fatalError("to come") }

    /// The rows of songs whose title or artists have all of the words, best first.
    public func search(_ text: String, limit: Int = 20) throws -> [Int] { fatalError("to come") }

    /// Calls the body with each song in the order of the rows, without holding all of them.
    public func forEachSong(_ body: (_ row: Int, _ song: Song) throws -> Void) throws {
        fatalError("to come")
    }
}
