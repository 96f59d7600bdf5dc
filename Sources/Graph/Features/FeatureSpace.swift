import Kernels

/// The space in which songs that sound alike lie near each other.
///
/// It is fitted to the songs of a library once, and small: the vector of a song is computed when it is
/// needed.
///
/// ```swift
/// let space = try FeatureSpace(FeatureRecipe(.balanced), fitting: library.features)
/// let vector = space.vector(of: library.features[row])
/// ```
public struct FeatureSpace: Hashable, Codable, Sendable {
    /// What was asked for.
    public let recipe: FeatureRecipe
    let dimensions: [FeatureDimension]

    /// The number of coordinates of a vector.
    public var dimensionCount: Int { dimensions.count }

    /// The features that the songs have, and that count.
    public var features: [AudioFeature] {
        AudioFeature.allCases.filter { feature in dimensions.contains { $0.feature == feature } }
    }

    /// The vector of a song, `[dimensions]`.
    public func vector(of song: AudioFeatures) -> [Double] {
        dimensions.map { $0(song[$0.feature]) }
    }

    /// The vectors of all songs.
    ///
    /// - Parameters:
    ///   - features: The songs.
    ///   - threads: The number of threads that share the work; by default as many as there are
    ///     processors.
    /// - Returns: A row for each song.
    /// - Complexity: O(*n*) in the number of songs.
    public func matrix(of features: SongFeatures, threads: Int? = nil) -> FeatureMatrix {
        let width = dimensions.count
        let values = StoredArray(unsafeUninitializedCapacity: features.count * width) { matrix in
            ThreadPool(threads: threads).split(features.count) { _, rows in
                for row in rows {
                    for (column, dimension) in dimensions.enumerated() {
                        matrix.initializeElement(
                            at: row * width + column,
                            to: dimension(features[row, dimension.feature]))
                    }
                }
            }
        }
        return FeatureMatrix(count: features.count, dimensionCount: width, values: values)
    }
}
