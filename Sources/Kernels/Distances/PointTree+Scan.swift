extension PointTree {
    /// The squared distances of a point to the boxes of a node's children.
    ///
    /// None is greater than that to a point in the box, rounding included: both are the same steps,
    /// of which none turns a smaller number into a greater one.
    @inline(__always)
    func boxDistances(_ node: Int, _ query: UnsafePointer<Float>) -> Vector {
        var bounds = UnsafePointer(boxes(ofNode: node))
        var sum = Vector.zero
        for dimension in 0..<dimensions {
            let value = Vector(repeating: query[dimension])
            let below = bounds.vector(at: 0) - value
            let above = value - bounds.vector(at: Self.fanOut)
            let outside = below.positiveTwice + above.positiveTwice
            sum += outside * outside
            bounds += 2 * Self.fanOut
        }
        return sum * 0.25
    }

    /// The squared distances of a point to the points of a leaf, as Floats.
    ///
    /// - Parameters:
    ///   - leaf: The number of the leaf.
    ///   - query: `[dimensions]`.
    ///   - limit: Which distances count.
    ///   - distances: `[32]`, written only if one of them is not above the limit.
    /// - Returns: Whether one is.
    @inline(__always)
    func scan(
        _ leaf: Int, _ query: UnsafePointer<Float>, limit: Float,
        into distances: UnsafeMutablePointer<Float>
    ) -> Bool {
        var values = UnsafePointer(coarse(ofLeaf: leaf))
        var (a, b, c, d) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
        for dimension in 0..<dimensions {
            let value = Vector(repeating: query[dimension])
            let differenceA = values.vector(at: 0) - value
            let differenceB = values.vector(at: 8) - value
            let differenceC = values.vector(at: 16) - value
            let differenceD = values.vector(at: 24) - value
            a += differenceA * differenceA
            b += differenceB * differenceB
            c += differenceC * differenceC
            d += differenceD * differenceD
            values += Self.leafSize
        }
        // The sign of what is left tells; subtraction of different numbers never gives zero.
        let bound = Vector(repeating: limit.nextUp)
        let signs =
            (a - bound).bits | (b - bound).bits | (c - bound).bits | (d - bound).bits
        guard signs.hasSign else { return false }
        distances.store(a, at: 0)
        distances.store(b, at: 8)
        distances.store(c, at: 16)
        distances.store(d, at: 24)
        return true
    }
}

extension PointTree {
    /// The places of the points of a leaf.
    package func places(ofLeaf leaf: Int) -> Range<Int> {
        let first = leaf * Self.leafSize
        return first..<first + size(ofLeaf: leaf)
    }

    /// Copies the Floats of a point, `[dimensions]`, and returns its distance from the origin.
    @inline(__always)
    func load(_ place: Int, into query: UnsafeMutablePointer<Float>) -> Double {
        let values = coarse(ofLeaf: place / Self.leafSize) + place % Self.leafSize
        var sum = 0.0
        for dimension in 0..<dimensions {
            query[dimension] = values[dimension &* Self.leafSize]
            sum += Double(query[dimension]) * Double(query[dimension])
        }
        return sum.squareRoot()
    }

    /// The greatest squared distance, as a Float, of points whose squared distance is not greater.
    ///
    /// Floats are off by half their last bit. That makes a coordinate of a point wrong by 2^-24 of
    /// it at most, so the distance of two points by 2^-24 of the sum of their distances from the
    /// origin, and each of the operations adds as much of the result. Twice that is allowed for.
    ///
    /// `length` is the distance of one of the points from the origin, as Floats. A square in Double
    /// is off by half the least number there is, where it is not zero altogether.
    @inline(__always)
    func limit(of squaredDistance: Double, length: Double) -> Float {
        let underflow = Double(dimensions) * .leastNonzeroMagnitude
        let distance = (squaredDistance + underflow).squareRoot() * scale
        let rounding = 0x1p-23
        let rounded = distance + rounding * (2 * length + distance)
        let limit = rounded * rounded * (1 + rounding * Double(dimensions + 4))
        // Numbers too small for a Float are zero there.
        return (Float(limit) + .leastNormalMagnitude).nextUp
    }
}

extension Vector {
    /// Twice what is above zero; the other lanes are zero.
    @inline(__always)
    fileprivate var positiveTwice: Vector {
        let magnitude = unsafeBitCast(self, to: LaneBits.self) & 0x7FFF_FFFF
        return self + unsafeBitCast(magnitude, to: Vector.self)
    }

    @inline(__always)
    fileprivate var bits: SIMD4<UInt64> { unsafeBitCast(self, to: SIMD4<UInt64>.self) }
}

extension SIMD4<UInt64> {
    /// Whether one of the Floats whose bits these are is below zero.
    @inline(__always)
    fileprivate var hasSign: Bool {
        (self[0] | self[1] | self[2] | self[3]) & 0x8000_0000_8000_0000 != 0
    }
}
