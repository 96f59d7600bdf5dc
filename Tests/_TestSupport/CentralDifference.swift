/// The gradient of `function` at `point`: the slope between a step before and a step behind it,
/// for each element in turn.
///
/// - Complexity: Two calls of `function` for each element.
public func centralDifference(
    at point: [Double], step: Double = 1e-5, of function: ([Double]) -> Double
) -> [Double] {
    var moved = point
    return point.indices.map { index in
        moved[index] = point[index] + step
        let above = function(moved)
        moved[index] = point[index] - step
        let below = function(moved)
        moved[index] = point[index]
        return (above - below) / (2 * step)
    }
}

/// The slope of `function` at `point` along `direction`.
public func centralDifference(
    at point: [Double], along direction: [Double], step: Double = 1e-6,
    of function: ([Double]) -> Double
) -> Double {
    func value(_ distance: Double) -> Double {
        function(zip(point, direction).map { $0 + distance * $1 })
    }
    return (value(step) - value(-step)) / (2 * step)
}

/// `Σ a b`.
public func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
