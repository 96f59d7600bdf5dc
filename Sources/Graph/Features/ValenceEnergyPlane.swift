import Files
import Tensor

/// Where songs lie in the plane of valence and energy, each measured by its rank among the songs.
///
/// A percentile is the share of songs with a smaller value, songs with the same value counting half:
/// 0 to 1, however skewed the values are. A grid over the plane finds the songs of a rectangle
/// without looking at the others. Songs without a valence or an energy lie nowhere.
///
/// Source: percentile ranks as in Roscoe, "Fundamental Research Statistics", 1975.
public struct ValenceEnergyPlane: Sendable {
    /// `[songs]`: the percentiles of valence and of energy; NaN where a song lies nowhere.
    private let places: StoredArray<SIMD2<Float>>
    /// `[side * side + 1]`: where the songs of each cell begin, line by line of equal energy.
    private let cellStarts: StoredArray<UInt32>
    /// `[songs that lie somewhere]`: their rows, cell by cell, ascending within each.
    private let cellRows: StoredArray<UInt32>

    /// Cells along each side of the grid.
    private static let side = 128

    /// Ranks songs by their values.
    ///
    /// - Parameters:
    ///   - valence: `[songs]`.
    ///   - energy: `[songs]`.
    /// - Complexity: O(*n* log *n*) in the number of songs.
    init(valence: [Double], energy: [Double]) {
        require(valence.count == energy.count, "a song has a valence and an energy")
        let ranks = (valence: Percentiles(of: valence), energy: Percentiles(of: energy))
        let places = (0..<valence.count).map { row in
            let place = SIMD2(ranks.valence[row], ranks.energy[row])
            return place.x.isNaN || place.y.isNaN ? SIMD2(repeating: .nan) : place
        }
        self.init(places: places)
    }

    /// Lays the grid over places, by a counting sort.
    private init(places: [SIMD2<Float>]) {
        var ends = [UInt32](repeating: 0, count: Self.side * Self.side + 1)
        let cells = places.map { $0.x.isNaN ? nil : Self.cell(of: $0) }
        for case let cell? in cells { ends[cell + 1] += 1 }
        for cell in 1..<ends.count { ends[cell] += ends[cell - 1] }
        cellStarts = StoredArray(ends)
        cellRows = StoredArray(unsafeUninitializedCapacity: Int(ends[ends.count - 1])) { rows in
            for case (let row, let cell?) in cells.enumerated() {
                rows.initializeElement(at: Int(ends[cell]), to: UInt32(row))
                ends[cell] += 1
            }
        }
        self.places = StoredArray(places)
    }

    /// The number of songs.
    public var count: Int { places.count }

    /// The percentiles of valence and of energy of a song; NaN where it lies nowhere.
    public subscript(row: Int) -> SIMD2<Float> { places[row] }

    /// Calls the body with the row of each song in a rectangle, its edges included.
    ///
    /// - Parameters:
    ///   - low: The least percentiles of valence and of energy.
    ///   - high: The greatest ones.
    ///   - body: What is done; the rows come in no particular order, but always in the same one.
    /// - Complexity: O(*n*) in the number of songs in the cells that the rectangle touches.
    public func forEachRow(
        from low: SIMD2<Float>, through high: SIMD2<Float>, _ body: (_ row: Int) -> Void
    ) {
        guard low.x <= high.x, low.y <= high.y, high.x >= 0, high.y >= 0, low.x <= 1, low.y <= 1
        else { return }
        let columns = Self.cell(low.x)...Self.cell(high.x)
        for line in Self.cell(low.y)...Self.cell(high.y) {
            // The cells of a line stand side by side.
            let start = cellStarts[line * Self.side + columns.lowerBound]
            let end = cellStarts[line * Self.side + columns.upperBound + 1]
            for index in Int(start)..<Int(end) {
                let row = Int(cellRows[index])
                let place = places[row]
                if place.x >= low.x, place.x <= high.x, place.y >= low.y, place.y <= high.y {
                    body(row)
                }
            }
        }
    }

    /// The rows of the songs in a rectangle, its edges included, in ascending order.
    ///
    /// - Parameters:
    ///   - low: The least percentiles of valence and of energy.
    ///   - high: The greatest ones.
    /// - Returns: The rows.
    /// - Complexity: O(*n* log *n*) in the number of songs in the cells that the rectangle touches.
    public func rows(from low: SIMD2<Float>, through high: SIMD2<Float>) -> [Int] {
        var rows: [Int] = []
        forEachRow(from: low, through: high) { rows.append($0) }
        return rows.sorted()
    }

    /// The line or column of a percentile.
    private static func cell(_ percentile: Float) -> Int {
        Int(min(max(percentile, 0) * Float(side), Float(side - 1)))
    }

    private static func cell(of place: SIMD2<Float>) -> Int {
        cell(place.y) * side + cell(place.x)
    }
}

extension ValenceEnergyPlane {
    /// The arrays that `init(in:)` reads.
    var contents: [ArrayFile.Contents] {
        [
            .init("percentiles", places), .init("cell starts", cellStarts),
            .init("cell rows", cellRows),
        ]
    }

    /// Uses the arrays of a file where they lie.
    ///
    /// - Throws: `FileError` if they do not fit each other.
    init(in file: ArrayFile) throws(FileError) {
        places = try file.array("percentiles")
        cellStarts = try file.array("cell starts")
        cellRows = try file.array("cell rows")
        // Few enough to be looked at: a wrong one would lead out of the other arrays.
        let isAscending = zip(cellStarts, cellStarts.dropFirst()).allSatisfy { $0 <= $1 }
        let areRows = cellRows.elements.allSatisfy { [places] in Int($0) < places.count }
        guard cellStarts.count == Self.side * Self.side + 1, isAscending,
            cellStarts.first == 0, cellStarts.last.map(Int.init) == cellRows.count,
            cellRows.count <= places.count, areRows
        else { throw file.damage("has a damaged plane of valence and energy") }
    }
}

/// The percentile of each of some values.
private struct Percentiles {
    private let values: [Double]
    /// The values without repetitions, ascending, and the percentile of each.
    private var distinct: [Double] = []
    private var percentiles: [Float] = []

    init(of values: [Double]) {
        self.values = values
        let sorted = values.filter { !$0.isNaN }.sorted()
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            distinct.append(sorted[start])
            percentiles.append(Float(Double(start + end) / Double(2 * sorted.count)))
            start = end
        }
    }

    /// The percentile of a value by its position; NaN where there is none.
    subscript(index: Int) -> Float {
        let value = values[index]
        guard !value.isNaN else { return .nan }
        var range = 0..<distinct.count
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            range = value < distinct[middle] ? range.lowerBound..<middle : middle..<range.upperBound
        }
        return percentiles[range.lowerBound]
    }
}
