/// Copies elements of `source` to `destination`, which must not overlap: transposes, slices,
/// broadcasts.
///
/// `walk` goes over `source` first and `destination` second.
package func copyStrided(
    _ walk: PairedStrides, from source: UnsafePointer<Float>,
    to destination: UnsafeMutablePointer<Float>
) {
    for row in 0..<walk.rowCount {
        let start = walk.start(ofRow: row)
        let from = source + start.first
        let to = destination + start.second
        switch (walk.firstStep, walk.secondStep) {
        case (1, 1):
            to.update(from: from, count: walk.rowLength)
        case (0, 1):
            to.update(repeating: from.pointee, count: walk.rowLength)
        default:
            for index in 0..<walk.rowLength {
                to[index * walk.secondStep] = from[index * walk.firstStep]
            }
        }
    }
}
