/// Windows that have passed some stages.
package struct WindowList {
    /// Where the first sum of each window lies, `[capacity]`.
    package var positions: UnsafeMutablePointer<Int32>
    /// What its features are multiplied by, `[capacity]`.
    package var norms: UnsafeMutablePointer<Float>
    /// The sum of the last stage, `[capacity]`.
    package var sums: UnsafeMutablePointer<Float>
    /// The number of windows.
    package var count = 0

    package init(
        positions: UnsafeMutablePointer<Int32>, norms: UnsafeMutablePointer<Float>,
        sums: UnsafeMutablePointer<Float>
    ) {
        self.positions = positions
        self.norms = norms
        self.sums = sums
    }

    @inline(__always)
    fileprivate mutating func append(position: Int32, norm: Float, sum: Float) {
        positions[count] = position
        norms[count] = norm
        sums[count] = sum
        count &+= 1
    }
}

/// Looks for windows that pass a cascade, row by row of windows.
package struct WindowScan {
    let program: CascadeProgram
    /// The table of sums, and after it that of tilted sums where the cascade needs one.
    let sums: UnsafePointer<Int32>
    /// The table of sums of squares.
    let squares: UnsafePointer<Int32>

    package init(
        program: CascadeProgram, sums: UnsafePointer<Int32>, squares: UnsafePointer<Int32>
    ) {
        self.program = program
        self.sums = sums
        self.squares = squares
    }

    /// Appends the windows of a row that pass the first stage.
    ///
    /// After a window that fails the next one is passed over, as OpenCV does it: neighbors answer
    /// alike. One of too little contrast counts as never looked at.
    ///
    /// - Parameters:
    ///   - position: Where the first sum of the row's first window lies.
    ///   - columns: The number of windows.
    ///   - list: Has room for as many more.
    package func scanRow(at position: Int, columns: Int, into list: inout WindowList) {
        let stage = program.stages[0]
        let contrast = Contrast(program)
        var skipsFirst = false
        var column = 0
        while column < columns {
            let base = position &+ column
            let lanes = columns &- column
            let inside = lanes >= 8 ? 0xFF : (1 &<< lanes) &- 1
            column &+= 8
            var norms = Vector(repeating: 1)
            var valid = inside
            if program.normalizes {
                let (computed, isEnough) = contrast.norms(sums + base, squares + base)
                norms = computed
                valid &= isEnough.bitmap
                if valid == 0 {
                    skipsFirst = false
                    continue
                }
            }
            let sum = program.sum(of: stage, norms: norms) { offset in
                UnsafeRawPointer(sums + (base &+ offset)).loadUnaligned(as: SIMD8<Int32>.self)
            }
            let passed = valid & LaneBits(sum .>= stage.threshold).bitmap
            let looked = Self.looked(failed: valid & ~passed, skipsFirst: skipsFirst)
            skipsFirst = looked & valid & ~passed & 0x80 != 0
            var rest = looked & passed
            while rest != 0 {
                let lane = rest.trailingZeroBitCount
                rest &= rest &- 1
                list.append(
                    position: Int32(truncatingIfNeeded: base &+ lane), norm: norms[lane],
                    sum: sum[lane])
            }
        }
    }

    /// Keeps the windows that pass all other stages.
    package func finish(_ list: inout WindowList) {
        for stage in program.stages.dropFirst() {
            let count = list.count
            list.count = 0
            var index = 0
            while index < count {
                let last = count &- 1
                let positions = SIMD8<Int32>(lanes: index, last: last, of: list.positions)
                let norms = Vector(lanes: index, last: last, of: list.norms)
                let sum = program.sum(of: stage, norms: norms) { offset in
                    SIMD8<Int32>(gathering: positions, from: sums + offset)
                }
                let inside = count &- index >= 8 ? 0xFF : (1 &<< (count &- index)) &- 1
                var rest = LaneBits(sum .>= stage.threshold).bitmap & inside
                while rest != 0 {
                    let lane = rest.trailingZeroBitCount
                    rest &= rest &- 1
                    list.append(position: positions[lane], norm: norms[lane], sum: sum[lane])
                }
                index &+= 8
            }
        }
    }

    /// Which of eight windows are looked at, when after each that fails one is passed over.
    @inline(__always)
    private static func looked(failed: Int, skipsFirst: Bool) -> Int {
        var looked = 0
        var isLooked = !skipsFirst
        for lane in 0..<8 {
            let bit = 1 &<< lane
            if isLooked { looked |= bit }
            isLooked = !isLooked || failed & bit == 0
        }
        return looked
    }
}

/// The contrast of windows, measured one pixel inside of their edges.
private struct Contrast {
    private let corners: (Int, Int, Int, Int)
    private let area: Float
    private let doubleArea: Double
    private let least: Float

    init(_ program: CascadeProgram) {
        let (right, bottom) = (program.windowWidth - 1, program.windowHeight - 1)
        let layout = program.layout
        corners = (
            layout.offset(x: 1, y: 1), layout.offset(x: right, y: 1),
            layout.offset(x: 1, y: bottom), layout.offset(x: right, y: bottom)
        )
        doubleArea = Double((right - 1) * (bottom - 1))
        area = Float(doubleArea)
        // A standard deviation of 10.
        least = Float(100 * doubleArea * doubleArea)
    }

    /// One over the standard deviation and the number of pixels, and where the deviation is above
    /// 10.
    @inline(__always)
    func norms(
        _ sums: UnsafePointer<Int32>, _ squares: UnsafePointer<Int32>
    ) -> (norms: Vector, isEnough: LaneBits) {
        let sum = SIMD8<Double>(rectangle(sums))
        let square = SIMD8<Double>(rectangle(squares))
        // Exact, so that the subtraction does not lose what counts.
        let variance = Vector(doubleArea * square - sum * sum)
        let isEnough = LaneBits(variance .> least)
        var norms = Vector.zero
        for lane in 0..<8 { norms[lane] = 1 / variance[lane].magnitude.squareRoot() }
        return (norms, isEnough)
    }

    @inline(__always)
    private func rectangle(_ table: UnsafePointer<Int32>) -> SIMD8<Int32> {
        @inline(__always)
        func load(_ offset: Int) -> SIMD8<Int32> {
            UnsafeRawPointer(table + offset).loadUnaligned(as: SIMD8<Int32>.self)
        }
        return load(corners.0) &- load(corners.1) &- load(corners.2) &+ load(corners.3)
    }
}

extension LaneBits {
    /// A bit for each lane that is set.
    @inline(__always)
    fileprivate var bitmap: Int {
        Int((self & LaneBits(1, 2, 4, 8, 16, 32, 64, 128)).wrappedSum())
    }

    @inline(__always)
    fileprivate init(gathering positions: SIMD8<Int32>, from table: UnsafePointer<Int32>) {
        self.init(
            table[Int(positions[0])], table[Int(positions[1])], table[Int(positions[2])],
            table[Int(positions[3])], table[Int(positions[4])], table[Int(positions[5])],
            table[Int(positions[6])], table[Int(positions[7])])
    }
}

extension SIMD where Scalar: Numeric {
    /// The elements from an index on; lanes beyond the last have the last.
    @inline(__always)
    fileprivate init(lanes index: Int, last: Int, of elements: UnsafePointer<Scalar>) {
        self.init()
        for lane in indices { self[lane] = elements[Swift.min(index &+ lane, last)] }
    }
}
