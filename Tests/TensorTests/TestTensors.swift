import Foundation
import Tensor
import _TestSupport

extension Tensor {
    /// A tensor of normally distributed numbers that depends on its shape alone.
    static func sample(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var source = RandomSource(seed: seed, shape.map { UInt64($0) }.reduce(7) { $0 &* 31 &+ $1 })
        return Tensor(normalWithMean: 0.5, standardDeviation: 2, shape: shape, using: &source)
    }

    /// The same array as an oracle.
    var reference: ReferenceArray { ReferenceArray(elements, shape: shape.dimensions) }

    init(_ reference: ReferenceArray) {
        self.init(reference.floats, shape: Shape(reference.shape))
    }
}

/// The folder with files that other programs wrote.
let fixtures = Bundle.module.bundleURL.appending(path: "Fixtures")

/// What a fixture holds: a shape, and elements as the bit patterns of floats.
struct ExpectedArray: Decodable {
    var shape: [Int]
    var bits: [UInt32]

    var tensor: Tensor {
        Tensor(bits.map { Float(bitPattern: $0) }, shape: Shape(shape))
    }

    static func all() throws -> [String: [String: ExpectedArray]] {
        let data = try Data(contentsOf: fixtures.appending(path: "expected.json"))
        return try JSONDecoder().decode([String: [String: ExpectedArray]].self, from: data)
    }

    /// Whether a tensor has this shape and exactly these bits; any NaN stands for any other.
    func matches(_ other: Tensor) -> Bool {
        other.shape == Shape(shape)
            && zip(other.elements, tensor.elements).allSatisfy { a, b in
                a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
            }
    }
}
