import Foundation
import Tensor
import Testing
import _TestSupport

/// Arithmetic, comparison and other operations on pairs of elements against loops over indices.
@Suite struct ElementwiseTests {
    static let pairs: [(Shape, Shape)] = [
        ([], []), ([3], []), ([], [3]), ([17], [17]), ([2, 3], [3]), ([3], [2, 3]),
        ([2, 1], [1, 3]), ([4, 1, 6], [5, 1]), ([2, 3, 4, 5], [3, 1, 5]), ([1, 1], [2, 2]),
        ([2, 3, 4], [2, 1, 1]), ([0, 3], [3]), ([1, 3], [0, 1]), ([2, 1, 3, 1], [1, 4, 1, 5]),
        ([5, 8, 8, 3], [3]), ([64, 1], [64, 7]),
    ]

    private struct Operation {
        var name: String
        var tensors: (Tensor, Tensor) -> Tensor
        var oracle: (Float, Float) -> Float
    }

    private let operations: [Operation] = [
        Operation(name: "+", tensors: +, oracle: +),
        Operation(name: "-", tensors: -, oracle: -),
        Operation(name: "*", tensors: *, oracle: *),
        Operation(name: "/", tensors: /, oracle: /),
        Operation(name: ".==", tensors: { $0 .== $1 }, oracle: { $0 == $1 ? 1 : 0 }),
        Operation(name: ".!=", tensors: { $0 .!= $1 }, oracle: { $0 != $1 ? 1 : 0 }),
        Operation(name: ".<", tensors: { $0 .< $1 }, oracle: { $0 < $1 ? 1 : 0 }),
        Operation(name: ".<=", tensors: { $0 .<= $1 }, oracle: { $0 <= $1 ? 1 : 0 }),
        Operation(name: ".>", tensors: { $0 .> $1 }, oracle: { $0 > $1 ? 1 : 0 }),
        Operation(name: ".>=", tensors: { $0 .>= $1 }, oracle: { $0 >= $1 ? 1 : 0 }),
        Operation(name: "min", tensors: pointwiseMin, oracle: { min($0, $1) }),
        Operation(name: "max", tensors: pointwiseMax, oracle: { max($0, $1) }),
        Operation(
            name: "power", tensors: { $0.abs().power($1) },
            oracle: { Float(pow(Double($0.magnitude), Double($1))) }),
    ]

    @Test(arguments: pairs)
    func matchesTheOracle(shapeA: Shape, shapeB: Shape) throws {
        // Rounded, so that some elements are equal.
        let a = rounded(.sample(shapeA, seed: 1))
        let b = rounded(.sample(shapeB, seed: 2))
        let shape = try #require(shapeA.broadcast(with: shapeB))
        for operation in operations {
            let result = operation.tensors(a, b)
            #expect(result.shape == shape)
            let expected = ReferenceArray(shape: shape.dimensions) { index in
                Double(operation.oracle(Float(a.reference[index]), Float(b.reference[index])))
            }
            for (x, y) in zip(result.elements, expected.floats) {
                #expect(
                    x == y || (x.isNaN && y.isNaN) || (x - y).magnitude <= 1e-6 * y.magnitude,
                    "\(operation.name) of \(shapeA) and \(shapeB): \(x), not \(y)")
            }
        }
    }

    @Test(arguments: pairs)
    func combinedAssignmentsKeepTheShape(shapeA: Shape, shapeB: Shape) {
        guard shapeA.broadcast(with: shapeB) == shapeA else { return }
        let (a, b) = (Tensor.sample(shapeA), Tensor.sample(shapeB, seed: 2))
        var (sum, difference, product, quotient) = (a, a, a, a)
        sum += b
        difference -= b
        product *= b
        quotient /= b
        #expect(sum == a + b)
        #expect(difference == a - b)
        #expect(product == a * b)
        #expect(quotient == a / b)
    }

    @Test func numbersStandOnEitherSide() {
        let x: Tensor = [1, 2, 4]
        #expect((x + 1).elements == [2, 3, 5])
        #expect((1 + x).elements == [2, 3, 5])
        #expect((x - 1).elements == [0, 1, 3])
        #expect((1 - x).elements == [0, -1, -3])
        #expect((x * 2).elements == [2, 4, 8])
        #expect((2 * x).elements == [2, 4, 8])
        #expect((x / 2).elements == [0.5, 1, 2])
        #expect((4 / x).elements == [4, 2, 1])
        #expect((-x).elements == [-1, -2, -4])
        #expect((x .> 1).elements == [0, 1, 1])
        #expect((2 .>= x).elements == [1, 1, 0])
        #expect((x .== 2).elements == [0, 1, 0])
        var y = x
        y += 1
        y *= 2
        y -= 4
        y /= 2
        #expect(y.elements == [0, 1, 3])
    }

    @Test func notANumberComesThroughMinimumAndMaximum() {
        let nan = Float.nan
        for tensor in [
            pointwiseMin(Tensor([nan, 1]), Tensor([1, nan])),
            pointwiseMax(Tensor([nan, 1]), Tensor([1, nan])),
            Tensor([nan]).clamped(to: 0...1),
        ] {
            #expect(tensor.elements.allSatisfy { $0.isNaN })
        }
    }

    private func rounded(_ tensor: Tensor) -> Tensor {
        Tensor(tensor.elements.map { $0.rounded() }, shape: tensor.shape)
    }
}
