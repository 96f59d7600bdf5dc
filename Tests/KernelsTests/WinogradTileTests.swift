import Tensor
import Testing
import _TestSupport

@testable import Kernels

/// The algebra of Winograd's tiles, with the maps read off as matrices and multiplied in doubles.
struct WinogradTileTests {
    /// The matrices of a tile, which the maps' images of unit vectors are.
    struct Matrices: CustomTestStringConvertible, Sendable {
        let outputSize: Int
        let inputSize: Int
        /// The points at which the polynomials of the algorithm are interpolated, but for infinity.
        let points: [Double]
        let input, inputAdjoint, output, outputAdjoint, filter, filterAdjoint: ReferenceArray
        /// How far constants may be off that have no end in binary.
        let rounding: Double

        init<Tile: WinogradTile>(_: Tile.Type, points: [Double], rounding: Double) {
            outputSize = Tile.outputSize
            inputSize = Tile.inputSize
            self.points = points
            self.rounding = rounding
            input = matrix(of: Tile.Input.self)
            inputAdjoint = matrix(of: Tile.InputAdjoint.self)
            output = matrix(of: Tile.Output.self)
            outputAdjoint = matrix(of: Tile.OutputAdjoint.self)
            filter = matrix(of: Tile.Filter.self)
            filterAdjoint = matrix(of: Tile.FilterAdjoint.self)
        }

        var testDescription: String { "F(\(outputSize) x \(outputSize), 3 x 3)" }

        /// `Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`.
        func outputs(of patch: ReferenceArray, filter g: ReferenceArray) -> ReferenceArray {
            let products = zip(square(filter, g).values, square(input, patch).values).map(*)
            return square(output, ReferenceArray(products, shape: [inputSize, inputSize]))
        }
    }

    private static let tiles = [
        Matrices(WinogradTile2x2.self, points: [0, 1, -1], rounding: 0),
        Matrices(WinogradTile4x4.self, points: [0, 0.75, -0.75, 1.5, -1.5], rounding: 1e-7),
    ]

    @Test(arguments: tiles)
    func everyFilterOnEveryPatchIsItsCorrelation(tile: Matrices) {
        let n = tile.inputSize
        func expectCorrelation(_ patch: [Double], _ filter: [Double]) {
            let expected = Oracle.convolution(
                ReferenceArray(patch, shape: [1, n, n, 1]),
                filters: ReferenceArray(filter, shape: [3, 3, 1, 1]), bias: nil,
                window: Oracle.Window(
                    height: 3, width: 3, stride: 1, top: 0, left: 0, outputHeight: tile.outputSize,
                    outputWidth: tile.outputSize),
                groups: 1)
            let outputs = tile.outputs(
                of: ReferenceArray(patch, shape: [n, n]),
                filter: ReferenceArray(filter, shape: [3, 3]))
            let difference = largestDifference(outputs, expected)
            #expect(difference <= 1e-13 + 20 * tile.rounding, "\(SweepTrace.description)")
        }
        // The outputs are linear in the patch and in the filter, so that units say all; random
        // ones say it again.
        forEvery("patch", Array(0..<(n * n))) { patch in
            forEvery("filter", Array(0..<9)) { filter in
                expectCorrelation(unit(patch, of: n * n), unit(filter, of: 9))
            }
        }
        var source = RandomSource(seed: 1)
        for _ in 0..<20 {
            expectCorrelation(
                source.values(n * n).map(Double.init), source.values(9).map(Double.init))
        }
    }

    @Test(arguments: tiles)
    func gradientsTakeTheTransposedMaps(tile: Matrices) {
        let pairs = [
            ("input", tile.input, tile.inputAdjoint), ("output", tile.output, tile.outputAdjoint),
            ("filter", tile.filter, tile.filterAdjoint),
        ]
        for (name, map, adjoint) in pairs {
            let transposed = Oracle.transposed(map)
            #expect(
                adjoint.shape == transposed.shape && adjoint.values == transposed.values, "\(name)")
        }
    }

    /// The matrices as interpolation gives them: with M(x) the product of (x - p) over all points.
    @Test(arguments: tiles)
    func matricesFollowFromThePoints(tile: Matrices) {
        let (n, m) = (tile.inputSize, tile.outputSize)
        var input: [Double] = []
        var filter: [Double] = []
        for point in tile.points {
            let others = tile.points.filter { $0 != point }
            let slope = others.reduce(1) { $0 * (point - $1) }
            input += coefficients(of: others) + [0]
            filter += [1, point, point * point].map { $0 / slope }
        }
        input += coefficients(of: tile.points)
        filter += [0, 0, 1]
        var output = ReferenceArray(zeros: [m, n])
        for power in 0..<m {
            for (column, point) in tile.points.enumerated() {
                output[power, column] = (0..<power).reduce(1) { product, _ in product * point }
            }
        }
        output[m - 1, n - 1] = 1
        #expect(tile.input.values == input)
        #expect(tile.output.values == output.values)
        let expected = ReferenceArray(filter, shape: [n, 3])
        #expect(largestDifference(tile.filter, expected) <= tile.rounding)
    }

    @Test func sizes() {
        #expect([WinogradTile2x2.outputSize, WinogradTile2x2.inputSize] == [2, 4])
        #expect([WinogradTile4x4.outputSize, WinogradTile4x4.inputSize] == [4, 6])
        #expect([WinogradTile2x2.pointCount, WinogradTile4x4.pointCount] == [16, 36])
    }

    @Test func everyLaneOfASquareGoesItsOwnWay() {
        func check<Tile: WinogradTile>(_: Tile.Type) {
            expectSquares(of: Tile.Input.self)
            expectSquares(of: Tile.InputAdjoint.self)
            expectSquares(of: Tile.Output.self)
            expectSquares(of: Tile.OutputAdjoint.self)
            expectSquares(of: Tile.Filter.self)
            expectSquares(of: Tile.FilterAdjoint.self)
        }
        check(WinogradTile2x2.self)
        check(WinogradTile4x4.self)
    }

    /// `T X Tᵀ` of eight random squares at once, in as much memory as it takes.
    private func expectSquares<Map: LinearMap>(of map: Map.Type) {
        var source = RandomSource(seed: 2)
        let x = (0..<(Map.inputs * Map.inputs)).map { _ in
            Vector(source.values(Vector.scalarCount))
        }
        var y = [Vector?](repeating: nil, count: Map.outputs * Map.outputs)
        let room = GuardedFloats(Map.outputs * Map.inputs * Vector.scalarCount)
        Map.applyToSquare(
            { x[$0 * Map.inputs + $1] },
            { row, column, value in
                #expect(y[row * Map.outputs + column] == nil)
                y[row * Map.outputs + column] = value
            }, square: room.start)
        #expect(room.isIntact)
        for lane in 0..<Vector.scalarCount {
            let expected = square(
                matrix(of: map),
                ReferenceArray(x.map { $0[lane] }, shape: [Map.inputs, Map.inputs]))
            let values = y.map { $0?[lane] ?? .nan }
            #expect(deviation(of: values, from: expected.values) <= 1e-6, "\(map), lane \(lane)")
        }
    }
}

/// The matrix of a map, `[outputs, inputs]`: its columns are what it makes of the unit vectors.
private func matrix<Map: LinearMap>(of map: Map.Type) -> ReferenceArray {
    var matrix = ReferenceArray(zeros: [Map.outputs, Map.inputs])
    for column in 0..<Map.inputs {
        Map.apply({ Vector(repeating: $0 == column ? 1 : 0) }) { row, value in
            matrix[row, column] = Double(value[0])
        }
    }
    return matrix
}

/// `T X Tᵀ`.
private func square(_ map: ReferenceArray, _ x: ReferenceArray) -> ReferenceArray {
    Oracle.product(Oracle.product(map, x), Oracle.transposed(map))
}

private func unit(_ index: Int, of count: Int) -> [Double] {
    (0..<count).map { $0 == index ? 1 : 0 }
}

private func largestDifference(_ a: ReferenceArray, _ b: ReferenceArray) -> Double {
    a.values.count == b.values.count
        ? zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}

/// The coefficients of the product of (x - p) over some points, that of x⁰ first.
private func coefficients(of points: [Double]) -> [Double] {
    points.reduce([1]) { product, point in
        zip([0] + product, product + [0]).map { $0 - point * $1 }
    }
}
