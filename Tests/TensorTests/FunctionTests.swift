import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct FunctionTests {
    /// The largest relative difference from double precision.
    private let tolerance = 2e-7

    @Test func matchTheOracle() {
        let x = Tensor((-60...60).map { Float($0) / 7 })
        expect(x.exp(), exp, of: x)
        expect(x.abs().sqrt(), { $0.magnitude.squareRoot() }, of: x)
        expect((x.abs() + 0.5).log(), log, of: x.abs() + 0.5)
        expect(x.tanh(), tanh, of: x)
        expect(x.power(3), { $0 * $0 * $0 }, of: x)
        expect(x.abs().power(0.3), { pow($0.magnitude, Double(Float(0.3))) }, of: x)
    }

    @Test func edgesAreThoseOfFloats() {
        let x = Tensor([-1, -0.0, 0, .infinity])
        #expect(x.sqrt()[0].isNaN)
        #expect(x.log()[0].isNaN)
        #expect(x.log()[2] == -.infinity)
        #expect(x.exp()[3] == .infinity)
        #expect((-x).exp()[3] == 0)
        #expect(x.abs().elements.allSatisfy { $0.sign == .plus })
    }

    @Test func clamps() {
        let x: Tensor = [[-2, -1, 0], [0.5, 1, 3]]
        #expect(x.clamped(to: -1...1).elements == [-1, -1, 0, 0.5, 1, 1])
        #expect(x.clamped(to: -1...1).shape == [2, 3])
    }

    @Test func replacesWhereAMaskIsSet() {
        let x: Tensor = [[-2, -1, 0], [0.5, 1, 3]]
        #expect(x.replacing(with: 0, where: x .< 0).elements == [0, 0, 0, 0.5, 1, 3])
        let column: Tensor = [[1], [0]]
        let row: Tensor = [7, 8, 9]
        #expect(x.replacing(with: row, where: column).elements == [7, 8, 9, 0.5, 1, 3])
        let single = Tensor(scalar: 5)
        #expect(single.replacing(with: row, where: column).shape == [2, 3])
        #expect(single.replacing(with: row, where: column).elements == [7, 8, 9, 5, 5, 5])
        // What is replaced may be anything, NaN too.
        #expect(Tensor([.nan]).replacing(with: 1, where: [1]).elements == [1])
    }

    private func expect(_ result: Tensor, _ oracle: (Double) -> Double, of x: Tensor) {
        for (value, input) in zip(result.elements, x.elements) {
            let expected = oracle(Double(input))
            #expect(
                (Double(value) - expected).magnitude <= tolerance * expected.magnitude,
                "\(value) instead of \(expected) for \(input)")
        }
    }
}
