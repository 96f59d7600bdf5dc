/// An array `[outer, length, inner]` whose middle axis is reduced, which gives `[outer, inner]`.
package struct ReductionShape {
    package var outer: Int
    package var length: Int
    package var inner: Int

    package init(outer: Int, length: Int, inner: Int) {
        self.outer = outer
        self.length = length
        self.inner = inner
    }
}

/// What an axis is reduced to.
///
/// All sums are accumulated in double precision.
package enum Reduction {
    /// The sum times `scale`.
    case sum(scale: Double)
    /// The sum of the squared distances from the mean, times `scale`.
    case squaredDeviation(scale: Double)
    /// The smallest element, or NaN where there is one.
    case minimum
    /// The largest element, or NaN where there is one.
    case maximum
}

/// Reduces `input`, `[outer, length, inner]`, to `result`, `[outer, inner]`.
package func reduce(
    _ reduction: Reduction, _ shape: ReductionShape,
    _ input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    switch reduction {
    case .sum(let scale):
        forEachStrip(of: shape, input, result) { strip in
            strip.folded(from: 0, { $0 }, +) * scale
        }
    case .squaredDeviation(let scale):
        forEachStrip(of: shape, input, result) { strip in
            let mean = strip.folded(from: 0, { $0 }, +) / Double(shape.length)
            return strip.folded(from: 0, { ($0 - mean) * ($0 - mean) }, +) * scale
        }
    case .minimum:
        forEachStrip(of: shape, input, result) { strip in
            strip.folded(from: .infinity, { $0 }, smaller)
        }
    case .maximum:
        forEachStrip(of: shape, input, result) { strip in
            strip.folded(from: -.infinity, { $0 }, larger)
        }
    }
}

/// Eight elements that are reduced side by side.
private typealias Lanes = SIMD8<Double>

@inline(__always)
private func smaller(_ a: Lanes, _ b: Lanes) -> Lanes {
    a.replacing(with: b, where: (b .< a) .| (b .!= b))
}

@inline(__always)
private func larger(_ a: Lanes, _ b: Lanes) -> Lanes {
    a.replacing(with: b, where: (b .> a) .| (b .!= b))
}

/// Calls `body` for every strip of the array and stores what it returns, one lane a column.
@inline(__always)
private func forEachStrip(
    of shape: ReductionShape, _ input: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ body: (Strip) -> Lanes
) {
    for outer in 0..<shape.outer {
        for column in stride(from: 0, to: shape.inner, by: Lanes.scalarCount) {
            let strip = Strip(
                start: input + outer * shape.length * shape.inner + column,
                length: shape.length, inner: shape.inner,
                width: min(Lanes.scalarCount, shape.inner - column))
            let lanes = body(strip)
            let out = result + outer * shape.inner + column
            for lane in 0..<strip.width { out[lane] = Float(lanes[lane]) }
        }
    }
}

/// Up to eight neighboring columns, one a lane; or, where columns lie densely because `inner` is 1,
/// one column that is dealt out to all lanes.
private struct Strip {
    let start: UnsafePointer<Float>
    let length: Int
    let inner: Int
    let width: Int

    /// Combines the transformed elements of each column; every lane that belongs to the column holds
    /// the result.
    @inline(__always)
    func folded(
        from initial: Double, _ transform: (Lanes) -> Lanes, _ combine: (Lanes, Lanes) -> Lanes
    ) -> Lanes {
        var lanes = Lanes(repeating: initial)
        if inner == 1 {
            let rest = length % Lanes.scalarCount
            for index in stride(from: 0, to: length - rest, by: Lanes.scalarCount) {
                lanes = combine(lanes, transform(load(at: index)))
            }
            if rest > 0 {
                let combined = combine(lanes, transform(load(at: length - rest, count: rest)))
                for lane in 0..<rest { lanes[lane] = combined[lane] }
            }
            var distance = Lanes.scalarCount / 2
            while distance > 0 {
                var swapped = lanes
                for lane in lanes.indices { swapped[lane] = lanes[lane ^ distance] }
                lanes = combine(lanes, swapped)
                distance /= 2
            }
        } else if width == Lanes.scalarCount {
            for index in 0..<length {
                lanes = combine(lanes, transform(load(at: index * inner)))
            }
        } else {
            for index in 0..<length {
                lanes = combine(lanes, transform(load(at: index * inner, count: width)))
            }
        }
        return lanes
    }

    @inline(__always)
    private func load(at offset: Int) -> Lanes {
        Lanes(
            UnsafeRawPointer(start + offset).loadUnaligned(as: SIMD8<Float>.self))
    }

    @inline(__always)
    private func load(at offset: Int, count: Int) -> Lanes {
        var lanes = Lanes()
        for lane in 0..<count { lanes[lane] = Double(start[offset + lane]) }
        return lanes
    }
}
