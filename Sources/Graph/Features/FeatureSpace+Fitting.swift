import Kernels
import Tensor

extension FeatureSpace {
    /// The values between which equally many songs lie, both ends included.
    private static let quantileCount = 257
    /// How many of the values have to be usual ones, or else a feature is used as it stands.
    private static let usualShare = 0.9

    /// Fits a space to songs: finds the mean and the spread of each of their features.
    ///
    /// Features that no song has are left out. Where single songs lack a feature, they get its mean.
    ///
    /// - Parameters:
    ///   - recipe: Which features, on which scales.
    ///   - features: The songs.
    ///   - threads: The number of threads that share the work; by default as many as there are
    ///     processors.
    /// - Throws: `GraphError` if the songs have none of the features.
    /// - Complexity: O(*n*) in the number of songs, O(*n* log *n*) with ranks.
    public init(
        _ recipe: FeatureRecipe, fitting features: SongFeatures, threads: Int? = nil
    ) throws(GraphError) {
        require(
            recipe.weights.values.allSatisfy { abs($0) <= FeatureRecipe.greatestWeight },
            "weights of features are numbers up to \(FeatureRecipe.greatestWeight)")
        let ingredients = recipe.set.ingredients.map { ingredient in
            FeatureSet.Ingredient(
                feature: ingredient.feature, shapes: ingredient.shapes,
                weight: recipe.weights[ingredient.feature] ?? ingredient.weight)
        }.filter { $0.weight != 0 }
        var fitted = [[FeatureDimension]](repeating: [], count: ingredients.count)
        fitted.withUnsafeMutableBufferPointer { fitted in
            nonisolated(unsafe) let fitted = fitted
            ThreadPool(threads: threads).split(ingredients.count) { _, range in
                for index in range {
                    fitted[index] = Self.dimensions(of: ingredients[index], recipe, features)
                }
            }
        }
        self.init(recipe: recipe, dimensions: fitted.flatMap(\.self))
        if dimensions.isEmpty && features.count > 0 { throw .noFeatures }
    }

    /// The coordinates of one feature, none if it is missing altogether.
    private static func dimensions(
        of ingredient: FeatureSet.Ingredient, _ recipe: FeatureRecipe, _ features: SongFeatures
    ) -> [FeatureDimension] {
        let values = (0..<features.count).lazy.map { features[$0, ingredient.feature] }
            .filter(FeatureDimension.isUsable)
        let usual = values.count { ingredient.shapes[0].isUsual($0) }
        let present = values.count { _ in true }
        let isUsual = Double(usual) >= usualShare * Double(present)
        return (isUsual ? ingredient.shapes : [.plain]).compactMap { shape in
            dimension(
                ingredient.feature, shape, weight: ingredient.weight, recipe,
                shaped: values.map { shape($0) }.filter(FeatureDimension.isUsable))
        }
    }

    private static func dimension(
        _ feature: AudioFeature, _ shape: FeatureShape, weight: Double, _ recipe: FeatureRecipe,
        shaped: [Double]
    ) -> FeatureDimension? {
        guard !shaped.isEmpty else { return nil }
        let count = Double(shaped.count)
        let mean = shaped.reduce(0, +) / count
        if recipe.set == .raw {
            return FeatureDimension(
                feature: feature, shape: shape, center: 0, scale: weight, missing: mean * weight)
        }
        if shape.isOnCircle {
            return FeatureDimension(
                feature: feature, shape: shape, center: mean, scale: weight, missing: 0)
        }
        if recipe.normalization == .rank {
            // Ranks from 0 to 1 have the variance 1/12.
            return FeatureDimension(
                feature: feature, shape: shape, center: 0.5, scale: weight * 12.0.squareRoot(),
                missing: 0, quantiles: quantiles(of: shaped))
        }
        let variance = shaped.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        // A feature that is the same for all songs tells none of them apart, rounding aside.
        let isConstant = variance.squareRoot() <= 1e-12 * abs(mean)
        return FeatureDimension(
            feature: feature, shape: shape, center: mean,
            scale: isConstant ? 0 : weight / variance.squareRoot(), missing: 0)
    }

    private static func quantiles(of values: [Double]) -> [Double] {
        let sorted = values.sorted()
        let last = min(quantileCount, sorted.count) - 1
        return (0...last).map { sorted[last == 0 ? 0 : $0 * (sorted.count - 1) / last] }
    }
}
