import Tensor

/// How an array is filled before training.
public enum Initializer: String, Hashable, Codable, Sendable {
    /// All zeros.
    case zeros
    /// All ones.
    case ones
    /// Uniform in ±√(6 / (fan-in + fan-out)) (Glorot and Bengio, AISTATS 2010).
    case glorotUniform
    /// Normal with variance 2 / (fan-in + fan-out) (Glorot and Bengio, AISTATS 2010).
    case glorotNormal
    /// Uniform in ±√(6 / fan-in) (He et al., arXiv 1502.01852).
    case heUniform
    /// Normal with variance 2 / fan-in (He et al., arXiv 1502.01852).
    case heNormal

    /// Fills an array.
    ///
    /// The last axis counts outputs, the one before it inputs, and all others the positions of a
    /// kernel; so for filters `[height, width, in, out]` the fan-in is `height * width * in`.
    func fill(
        _ elements: UnsafeMutableBufferPointer<Float>, shape: Shape,
        using source: inout RandomSource
    ) {
        let positions = shape.dropLast(2).reduce(1, *)
        let fanIn = Double(positions * (shape.dropLast().last ?? 1))
        let fanOut = Double(positions * (shape.last ?? 1))
        switch self {
        case .zeros: elements.update(repeating: 0)
        case .ones: elements.update(repeating: 1)
        case .glorotUniform:
            fillUniform(elements, limit: (6 / (fanIn + fanOut)).squareRoot(), &source)
        case .glorotNormal:
            fillNormal(elements, deviation: (2 / (fanIn + fanOut)).squareRoot(), &source)
        case .heUniform: fillUniform(elements, limit: (6 / fanIn).squareRoot(), &source)
        case .heNormal: fillNormal(elements, deviation: (2 / fanIn).squareRoot(), &source)
        }
    }

    private func fillUniform(
        _ elements: UnsafeMutableBufferPointer<Float>, limit: Double, _ source: inout RandomSource
    ) {
        let limit = Float(limit)
        for index in elements.indices {
            let bits = UInt32(truncatingIfNeeded: source.next()) & 0xFF_FFFF
            elements[index] = 2 * limit * (Float(bits) * 0x1p-24) - limit
        }
    }

    private func fillNormal(
        _ elements: UnsafeMutableBufferPointer<Float>, deviation: Double,
        _ source: inout RandomSource
    ) {
        for index in elements.indices { elements[index] = Float(deviation) * source.normal() }
    }
}
