/// The distance or the cosine of each edge.
///
/// Those of nearest neighbors are stored as Float, for there may be tens of millions of them; those of
/// a threshold as Double, for a distance of hundreds is to be known to 1e-5 all the same.
enum EdgeWeights: Sendable {
    case float(StoredArray<Float>)
    case double(StoredArray<Double>)

    subscript(edge: Int) -> Double {
        switch self {
        case .float(let weights): Double(weights[edge])
        case .double(let weights): weights[edge]
        }
    }

    var count: Int {
        switch self {
        case .float(let weights): weights.count
        case .double(let weights): weights.count
        }
    }
}
