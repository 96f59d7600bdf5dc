public import Files
public import Foundation

/// The audio features of all songs of a library, `[songs, 13]` in Double, as the list gives them.
///
/// A row of this matrix is the number of a song: the same row in the catalog, in the features and
/// in the graph.
public struct SongFeatures: Sendable {
    let values: StoredArray<Double>

    /// Where the songs lie in the plane of valence and energy.
    public let plane: ValenceEnergyPlane

    /// The CRC-32 of the matrix: what is computed from it can name what it belongs to.
    public let checksum: UInt32

    /// The number of songs.
    public var count: Int { values.count / Self.width }

    /// Columns of the matrix, one for each feature in the order of their raw values.
    static let width = AudioFeature.allCases.count

    /// Keeps the features of songs in memory.
    public init(_ songs: [AudioFeatures]) {
        let values = StoredArray(unsafeUninitializedCapacity: songs.count * Self.width) { matrix in
            for (row, song) in songs.enumerated() {
                for feature in AudioFeature.allCases {
                    matrix.initializeElement(
                        at: row * Self.width + feature.rawValue, to: song[feature])
                }
            }
        }
        self.init([values])
    }

    /// Keeps features in memory that come in pieces of whole rows.
    init(_ pieces: [StoredArray<Double>]) {
        let count = pieces.reduce(0) { $0 + $1.count }
        values = StoredArray(unsafeUninitializedCapacity: count) { matrix in
            var start = 0
            for piece in pieces { start = matrix[start...].initialize(fromContentsOf: piece) }
        }
        plane = Self.plane(of: pieces)
        checksum = CRC32.checksum(of: UnsafeRawBufferPointer(values.elements))
    }

    private static func plane(of pieces: [StoredArray<Double>]) -> ValenceEnergyPlane {
        func column(_ feature: AudioFeature) -> [Double] {
            pieces.flatMap { piece in
                stride(from: feature.rawValue, to: piece.count, by: width).lazy.map { piece[$0] }
            }
        }
        return ValenceEnergyPlane(valence: column(.valence), energy: column(.energy))
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

    /// The percentiles of valence and of energy of a song among all, 0 to 1; NaN where it has none.
    public func percentiles(of row: Int) -> SIMD2<Float> { plane[row] }
}

extension SongFeatures {
    private static let kind = "features"
    private static let version = 1

    /// Opens a file of features where it lies.
    ///
    /// - Throws: `FileError` if it cannot be read, or its header is damaged.
    public init(contentsOf url: URL) throws(FileError) {
        let file = try ArrayFile(contentsOf: url, kind: Self.kind, version: Self.version)
        values = try file.array("values")
        checksum = try file.checksum(of: "values")
        plane = try ValenceEnergyPlane(in: file)
        guard values.count == plane.count * Self.width else {
            throw file.damage("has a ragged matrix")
        }
    }

    /// Reads a whole file of features and tests its checksums.
    ///
    /// - Throws: `FileError` that says what is damaged.
    /// - Complexity: O(*n*) in the number of songs.
    static func verify(contentsOf url: URL) throws(FileError) {
        try ArrayFile(contentsOf: url, kind: kind, version: version).verify()
    }

    /// Writes the features into a file.
    ///
    /// - Throws: `FileError` if the disk is full, say.
    public func write(to url: URL) throws(FileError) {
        try Self.write([values], plane: plane, to: url)
    }

    /// Writes features into a file that come in pieces of whole rows.
    ///
    /// - Throws: `FileError` if the disk is full, say.
    static func write(_ pieces: [StoredArray<Double>], to url: URL) throws(FileError) {
        try write(pieces, plane: plane(of: pieces), to: url)
    }

    private static func write(
        _ pieces: [StoredArray<Double>], plane: ValenceEnergyPlane, to url: URL
    ) throws(FileError) {
        try ArrayFile.write(
            [.init("values", pieces)] + plane.contents, kind: kind, version: version, to: url)
    }
}
