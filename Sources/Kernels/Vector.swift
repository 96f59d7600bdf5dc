/// Eight floats: what the kernels read, compute and write at a time.
///
/// Without further flags the compiler emits two SSE instructions for each; with
/// `-Xcc -march=x86-64-v3` one AVX instruction.
package typealias Vector = SIMD8<Float>

/// One number of 32 bits for each lane of a `Vector`: all bits where something holds, or none.
///
/// Masks of the standard library serve for comparisons of floats only: the compiler makes loops
/// over the lanes of what compares or combines integers.
typealias LaneBits = SIMD8<Int32>

extension Vector {
    /// The lanes where something holds; the others are zero.
    @inline(__always)
    func kept(where bits: LaneBits) -> Vector {
        unsafeBitCast(unsafeBitCast(self, to: LaneBits.self) & bits, to: Vector.self)
    }

    /// The lanes where something holds from another vector, the others from this one.
    @inline(__always)
    func replaced(with other: Vector, where bits: LaneBits) -> Vector {
        let chosen = unsafeBitCast(other, to: LaneBits.self) & bits
        let rest = unsafeBitCast(self, to: LaneBits.self) & ~bits
        return unsafeBitCast(chosen | rest, to: Vector.self)
    }
}

extension LaneBits {
    /// The lanes where a comparison of floats holds.
    @inline(__always)
    init(_ mask: SIMDMask<SIMD8<Int32>>) {
        self = unsafeBitCast(mask, to: LaneBits.self)
    }

    /// The lanes where a number from 0 to 65,535 is below a limit of that size.
    @inline(__always)
    init(where numbers: SIMD8<Int32>, areBelow limit: Int32) {
        self = (numbers &- limit) &>> 31
    }

    /// The lanes where a number from 0 to 65,535 is a certain one.
    @inline(__always)
    init(where numbers: SIMD8<Int32>, are number: Int32) {
        self.init(where: numbers ^ number, areBelow: 1)
    }
}

extension UnsafePointer<Float> {
    /// The eight floats from `index` on, on any 4-byte boundary.
    @inline(__always)
    func vector(at index: Int) -> Vector {
        UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
    }

    /// The first `lanes` of them; the others are zero.
    @inline(__always)
    func vector(at index: Int, lanes: Int) -> Vector {
        lanes == Vector.scalarCount ? vector(at: index) : part(at: index, lanes: lanes)
    }

    /// Kept out of the loops, which would have lane by lane in the midst of their vectors.
    @inline(never)
    private func part(at index: Int, lanes: Int) -> Vector {
        var vector = Vector.zero
        for lane in 0..<lanes { vector[lane] = self[index + lane] }
        return vector
    }
}

extension UnsafeMutablePointer<Float> {
    /// The eight floats from `index` on, on any 4-byte boundary.
    @inline(__always)
    func vector(at index: Int) -> Vector {
        UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
    }

    /// The first `lanes` of them; the others are zero.
    @inline(__always)
    func vector(at index: Int, lanes: Int) -> Vector {
        UnsafePointer(self).vector(at: index, lanes: lanes)
    }

    /// Writes eight floats from `index` on, on any 4-byte boundary.
    @inline(__always)
    func store(_ vector: Vector, at index: Int) {
        UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Vector.self)
    }

    /// Writes the first `lanes` of them.
    @inline(__always)
    func store(_ vector: Vector, at index: Int, lanes: Int) {
        if lanes == Vector.scalarCount {
            store(vector, at: index)
        } else {
            storePart(vector, at: index, lanes: lanes)
        }
    }

    /// Adds to eight floats from `index` on, or to the first `lanes` of them.
    @inline(__always)
    func add(_ vector: Vector, at index: Int, lanes: Int = Vector.scalarCount) {
        store(self.vector(at: index, lanes: lanes) + vector, at: index, lanes: lanes)
    }

    @inline(never)
    private func storePart(_ vector: Vector, at index: Int, lanes: Int) {
        for lane in 0..<lanes { self[index + lane] = vector[lane] }
    }
}

/// Visits `0..<count` eight floats at a time; the last visit may have fewer lanes.
@inline(__always)
func forEachVector(_ count: Int, _ body: (_ index: Int, _ lanes: Int) -> Void) {
    // One call of `body`, so that it is inlined, and no checks for overflow around it.
    var index = 0
    while index < count {
        body(index, min(count &- index, Vector.scalarCount))
        index &+= Vector.scalarCount
    }
}

/// The number of floats that `count` floats take in whole vectors.
func wholeVectors(_ count: Int) -> Int {
    (count + Vector.scalarCount - 1) / Vector.scalarCount * Vector.scalarCount
}

/// Adds `count` floats of `source` to `target`.
package func accumulate(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, count: Int
) {
    forEachVector(count) { index, lanes in
        let sum = target.vector(at: index, lanes: lanes) + source.vector(at: index, lanes: lanes)
        target.store(sum, at: index, lanes: lanes)
    }
}

/// Adds every row of `matrix`, `[rows, columns]`, to `sums`, `[columns]`.
package func accumulateRows(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int,
    into sums: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        accumulate(matrix + row * columns, into: sums, count: columns)
    }
}

/// Writes the vector `row`, `[columns]`, to every row of `matrix`, `[rows, columns]`.
package func broadcastRow(
    _ row: UnsafePointer<Float>, rows: Int, columns: Int,
    into matrix: UnsafeMutablePointer<Float>
) {
    for index in 0..<rows {
        (matrix + index * columns).update(from: row, count: columns)
    }
}

/// Writes the transpose of `matrix`, `[rows, columns]`, to `target`, `[columns, rows]`, whose
/// rows are `targetStride` floats apart, or dense.
package func transpose(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int,
    into target: UnsafeMutablePointer<Float>, targetStride: Int? = nil
) {
    let targetStride = targetStride ?? rows
    let side = 4
    for row in stride(from: 0, to: rows, by: side) {
        for column in stride(from: 0, to: columns, by: side) {
            let source = matrix + (row * columns + column)
            let target = target + (column * targetStride + row)
            if row + side <= rows, column + side <= columns {
                transposeSquare(source, stride: columns, into: target, targetStride: targetStride)
            } else {
                for row in 0..<min(side, rows - row) {
                    for column in 0..<min(side, columns - column) {
                        target[column * targetStride + row] = source[row * columns + column]
                    }
                }
            }
        }
    }
}

/// Writes the transpose of a square of 4 x 4 inside of larger matrices.
@inline(__always)
private func transposeSquare(
    _ source: UnsafePointer<Float>, stride: Int, into target: UnsafeMutablePointer<Float>,
    targetStride: Int
) {
    func row(_ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(source + index &* stride).loadUnaligned(as: SIMD4<Float>.self)
    }
    let (a, b, c, d) = (row(0), row(1), row(2), row(3))
    for column in 0..<4 {
        UnsafeMutableRawPointer(target + column &* targetStride).storeBytes(
            of: SIMD4(a[column], b[column], c[column], d[column]), as: SIMD4<Float>.self)
    }
}
