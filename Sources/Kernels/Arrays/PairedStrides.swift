/// How two arrays are walked together: the lengths of the axes, and for each axis the distance in
/// floats between neighbors in either array.
///
/// A distance of 0 repeats an array along an axis (broadcasting). Axes of length 1 are dropped and
/// axes that both arrays walk without a jump are merged, so that rows are as long as they can be.
package struct PairedStrides {
    /// The number of rows: of runs along the innermost axis.
    package let rowCount: Int
    /// The number of elements in a row.
    package let rowLength: Int
    /// The distance between neighbors of a row in the first array.
    package let firstStep: Int
    /// The distance between neighbors of a row in the second array.
    package let secondStep: Int

    private let outerAxes: [Axis]

    private struct Axis {
        var length: Int
        var first: Int
        var second: Int
    }

    /// Creates the walk over `lengths`, outermost axis first.
    package init(lengths: [Int], first: [Int], second: [Int]) {
        var axes: [Axis] = []
        for ((length, first), second) in zip(zip(lengths, first), second) where length != 1 {
            if let outer = axes.last,
                outer.first == length * first, outer.second == length * second
            {
                axes[axes.count - 1] = Axis(
                    length: outer.length * length, first: first, second: second)
            } else {
                axes.append(Axis(length: length, first: first, second: second))
            }
        }
        let row = axes.popLast() ?? Axis(length: 1, first: 0, second: 0)
        rowLength = row.length
        firstStep = row.first
        secondStep = row.second
        rowCount = lengths.contains(0) ? 0 : axes.reduce(1) { $0 * $1.length }
        outerAxes = axes
    }

    /// Where a row starts in the two arrays.
    @inline(__always)
    func start(ofRow row: Int) -> (first: Int, second: Int) {
        var rest = row
        var first = 0
        var second = 0
        var index = outerAxes.count - 1
        while index >= 0 {
            let axis = outerAxes[index]
            let (quotient, position) = rest.quotientAndRemainder(dividingBy: axis.length)
            first += position * axis.first
            second += position * axis.second
            rest = quotient
            index -= 1
        }
        return (first, second)
    }
}
