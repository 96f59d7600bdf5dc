extension FeatureSpace {
    /// The features that two songs have in common and few others have, the most striking first.
    ///
    /// A feature counts where both songs lie off the mean of the library on the same side, and nearer
    /// to each other than to it.
    public func features(commonTo song: AudioFeatures, and other: AudioFeatures) -> [AudioFeature] {
        let strengths = features.map { feature in
            let own = dimensions.filter { $0.feature == feature }
            let pairs = own.map { ($0(song[feature]), $0(other[feature])) }
            let shared = pairs.reduce(0) { $0 + abs($1.0 + $1.1) / 2 }
            let different = pairs.reduce(0) { $0 + abs($1.0 - $1.1) }
            return (feature: feature, strength: shared - 2 * different)
        }
        return strengths.filter { $0.strength > 0 }
            .sorted { ($1.strength, $0.feature.rawValue) < ($0.strength, $1.feature.rawValue) }
            .map(\.feature)
    }
}
