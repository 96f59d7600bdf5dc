public import Files
public import Foundation

/// The audio features of all songs of a library, `[songs, 13]` in Double, as the list gives them.
///
/// A row of this matrix is the number of a song: the same row in the catalog, in the features and
/// in the graph.
public struct SongFeatures: Sendable {
    let values: StoredArray<Double>

    /// The number of songs.
    public var count: Int { values.count / Self.width }

    /// Columns of the matrix, one for each feature in the order of their raw values.
    static let width = AudioFeature.allCases.count

    /// Keeps the features of songs in memory.
    public init(_ songs: [AudioFeatures]) {
        values = StoredArray(unsafeUninitializedCapacity: songs.count * Self.width) { matrix in
            for (row, song) in songs.enumerated() {
                for feature in AudioFeature.allCases {
                    matrix.initializeElement(
                        at: row * Self.width + feature.rawValue, to: song[feature])
                }
            }
        }
    }

    /// The features of one song.
    public subscript(row: Int) -> AudioFeatures {
        var song = AudioFeatures()
        for feature in AudioFeature.allCases { song[feature] = self[row, feature] }
        return song
    }

    /// One feature of one song.
    public subscript(row: Int, feature: AudioFeature) -> Double {
        values[row * Self.width + feature.rawValue]
    }

    /// Opens a file of features where it lies.
    ///
    /// - Throws: `FileError` if it cannot be read, or its header is damaged.
    public init(contentsOf url: URL) throws(FileError) {
        values = try ArrayFile(contentsOf: url, kind: "features", version: 1).array("values")
        guard values.count % Self.width == 0 else {
            throw FileError(.damaged, at: url.path, "has a ragged matrix. Import the list again.")
        }
    }

    /// Writes the features into a file.
    ///
    /// - Throws: `FileError` if the disk is full, say.
    public func write(to url: URL) throws(FileError) {
        try ArrayFile.write([.init("values", values)], kind: "features", version: 1, to: url)
    }
}
