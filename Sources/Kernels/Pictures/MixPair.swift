/// Mixes two vectors of `count` floats with each other: each keeps `share` of itself and takes the
/// rest from the other.
package func mixPair(
    _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>, count: Int,
    share: Float
) {
    for index in 0..<count {
        let (one, other) = (first[index], second[index])
        first[index] = one * share + other * (1 - share)
        second[index] = other * share + one * (1 - share)
    }
}
