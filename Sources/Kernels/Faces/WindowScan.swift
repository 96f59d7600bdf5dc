/// Windows that have passed some stages, in several lists by the number of these.
package struct WindowLists {
    /// The number of lists; list 0 has the windows that have passed the first stage only, and the
    /// last one those that have passed as many as there are lists, or more.
    package static let count = 4

    /// Where the first sum of each window lies, `[count, capacity]`.
    package var positions: UnsafeMutablePointer<Int32>
    /// What its features are multiplied by, `[count, capacity]`.
    package var norms: UnsafeMutablePointer<Float>
    /// The sum of the last stage, `[count, capacity]`.
    package var sums: UnsafeMutablePointer<Float>
    /// The room in each list, which is enough for the windows of all of them: in the end those that
    /// are left are in one.
    package var capacity: Int
    /// The number of windows in each list.
    package var counts = SIMD4<Int>()

    package init(
        positions: UnsafeMutablePointer<Int32>, norms: UnsafeMutablePointer<Float>,
        sums: UnsafeMutablePointer<Float>, capacity: Int
    ) {
        self.positions = positions
        self.norms = norms
        self.sums = sums
        self.capacity = capacity
    }

    /// Appends the windows of some of eight lanes to a list.
    @inline(__always)
    fileprivate mutating func append(
        _ lanes: Int, to list: Int, positions: SIMD8<Int32>, norms: Vector, sums: Vector
    ) {
        var rest = lanes
        var place = list &* capacity &+ counts[list]
        let first = place
        while rest != 0 {
            let lane = rest.trailingZeroBitCount
            rest &= rest &- 1
            self.positions[place] = positions[lane]
            self.norms[place] = norms[lane]
            self.sums[place] = sums[lane]
            place &+= 1
        }
        counts[list] &+= place &- first
    }
}

/// Looks for windows that pass a cascade, row by row of windows.
package struct WindowScan {
    let program: CascadeProgram
    /// The table of sums, and after it that of tilted sums where the cascade needs one.
    let sums: UnsafePointer<Int32>
    /// The table of sums of squares.
    let squares: UnsafePointer<Int32>
    private let contrast: Contrast

    /// Of eight windows side by side, how many have to be left for the next stage to be computed
    /// for all of them: reading single ones from all over the tables takes longer.
    private static let denseCount = 3

    package init(
        program: CascadeProgram, sums: UnsafePointer<Int32>, squares: UnsafePointer<Int32>
    ) {
        self.program = program
        self.sums = sums
        self.squares = squares
        contrast = Contrast(program)
    }

    /// Appends the windows of a row that pass the first stage.
    ///
    /// After a window that fails it the next one is passed over, as OpenCV does it: neighbors
    /// answer alike. One of too little contrast counts as never looked at.
    ///
    /// - Parameters:
    ///   - position: Where the first sum of the row's first window lies.
    ///   - columns: The number of windows.
    ///   - lists: Have room for as many more, in each for those of all.
    package func scanRow(at position: Int, columns: Int, into lists: inout WindowLists) {
        var skipsFirst = false
        for column in stride(from: 0, to: columns, by: 8) {
            let base = position &+ column
            var norms = Vector(repeating: 1)
            var valid = Self.lanes(columns &- column)
            if program.normalizes {
                let (computed, isEnough) = contrast.norms(sums + base, squares + base)
                norms = computed
                valid &= isEnough.bitmap
                if valid == 0 {
                    skipsFirst = false
                    continue
                }
            }
            var sum = denseSum(of: 0, at: base, norms: norms)
            let passed = valid & program.passed(0, sum)
            let failed = valid & ~passed
            let looked = Self.looked(failed: failed, skipsFirst: skipsFirst)
            skipsFirst = looked & failed & 0x80 != 0
            var left = looked & passed
            var stage = 1
            while left.nonzeroBitCount >= Self.denseCount, stage < WindowLists.count,
                stage < program.stages.count
            {
                sum = denseSum(of: stage, at: base, norms: norms)
                left &= program.passed(stage, sum)
                stage &+= 1
            }
            if left != 0 {
                let first = SIMD8(repeating: Int32(truncatingIfNeeded: base))
                lists.append(
                    left, to: stage &- 1, positions: first &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7),
                    norms: norms, sums: sum)
            }
        }
    }

    /// Puts the windows of all lists through the stages that they have not passed yet.
    ///
    /// - Returns: The list that has those that are left; all others are empty.
    package func finish(_ lists: inout WindowLists) -> Int {
        var list = 0
        for stage in 1..<max(program.stages.count, 1) {
            let next = min(list + 1, WindowLists.count - 1)
            pass(list, through: stage, into: next, &lists)
            list = next
        }
        return list
    }

    /// Moves the windows of a list that pass a stage to the next list, or to the front of the same.
    private func pass(
        _ list: Int, through stage: Int, into next: Int, _ lists: inout WindowLists
    ) {
        let count = lists.counts[list]
        lists.counts[list] = 0
        let positions = lists.positions + list * lists.capacity
        let norms = lists.norms + list * lists.capacity
        for index in stride(from: 0, to: count, by: 8) {
            let windows = SIMD8<Int32>(lanes: index, of: positions, count: count)
            let factors = Vector(lanes: index, of: norms, count: count)
            let sum = sparseSum(of: stage, at: windows, norms: factors)
            let left = program.passed(stage, sum) & Self.lanes(count &- index)
            lists.append(left, to: next, positions: windows, norms: factors, sums: sum)
        }
    }

    /// The sums of a stage for eight windows side by side.
    @inline(never)
    private func denseSum(of stage: Int, at position: Int, norms: Vector) -> Vector {
        let first = sums + position
        return program.sum(of: program.stages[stage], norms: norms) { offset in
            UnsafeRawPointer(first + offset).loadUnaligned(as: SIMD8<Int32>.self)
        }
    }

    /// The sums of a stage for any eight windows.
    @inline(never)
    private func sparseSum(
        of stage: Int, at positions: SIMD8<Int32>, norms: Vector
    ) -> Vector {
        program.sum(of: program.stages[stage], norms: norms) { offset in
            SIMD8<Int32>(gathering: positions, from: sums + offset)
        }
    }

    /// A bit for each of eight lanes of which so many are left.
    @inline(__always)
    private static func lanes(_ count: Int) -> Int {
        count >= 8 ? 0xFF : (1 &<< count) &- 1
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
    fileprivate init(lanes index: Int, of elements: UnsafePointer<Scalar>, count: Int) {
        self.init()
        for lane in indices { self[lane] = elements[Swift.min(index &+ lane, count &- 1)] }
    }
}

extension CascadeProgram {
    /// A bit for each of eight windows whose sum passes a stage.
    @inline(__always)
    fileprivate func passed(_ stage: Int, _ sums: Vector) -> Int {
        LaneBits(sums .>= stages[stage].threshold).bitmap
    }
}
