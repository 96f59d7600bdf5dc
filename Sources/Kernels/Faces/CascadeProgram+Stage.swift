extension CascadeProgram {
    /// A sum of each of eight windows.
    typealias Sums = SIMD8<Int32>

    /// The sum of a stage for eight windows.
    ///
    /// - Parameters:
    ///   - stage: The stage.
    ///   - norms: What the features of each window are multiplied by.
    ///   - load: Reads the sums of the windows at an offset.
    /// - Returns: The sums of what the trees add.
    @inline(__always)
    func sum(
        of stage: CascadeStage, norms: Vector, load: (_ offset: Int) -> Sums
    ) -> Vector {
        var offsets = self.offsets + stage.firstOffset
        var sum = Vector.zero
        if hasStumpsOnly {
            for index in stage.nodes {
                let goesLeft = branch(index, &offsets, norms: norms, load: load)
                sum += Vector(repeating: nodes[index].rightValue).replaced(
                    with: Vector(repeating: nodes[index].leftValue), where: goesLeft)
            }
            return sum
        }
        return withUnsafeTemporaryAllocation(of: LaneBits.self, capacity: Self.nodeLimit) {
            reached in
            for index in stage.nodes {
                let node = nodes + index
                let goesLeft = branch(index, &offsets, norms: norms, load: load)
                let isHere =
                    node.pointee.index == 0
                    ? LaneBits(repeating: -1) : reached[Int(node.pointee.index)]
                let left = isHere & goesLeft
                let right = isHere & ~goesLeft
                // A branch that ends in a leaf leaves its mark on the root, which nobody reads.
                reached[Int(node.pointee.left)] = left
                reached[Int(node.pointee.right)] = right
                sum += Vector(repeating: node.pointee.leftValue).kept(where: left)
                sum += Vector(repeating: node.pointee.rightValue).kept(where: right)
            }
            return sum
        }
    }

    /// Which windows a node sends to the left.
    @inline(__always)
    private func branch(
        _ index: Int, _ offsets: inout UnsafePointer<Int32>, norms: Vector,
        load: (_ offset: Int) -> Sums
    ) -> LaneBits {
        let node = nodes + index
        let corners = offsets
        @inline(__always)
        func sum(_ corner: Int) -> Sums { load(Int(corners[corner])) }
        @inline(__always)
        func rectangle(_ first: Int) -> Sums {
            sum(first) &- sum(first &+ 1) &- sum(first &+ 2) &+ sum(first &+ 3)
        }
        let value: Vector
        switch node.pointee.operation {
        case .halves:
            offsets += 6
            let middle = sum(2) &- sum(3)
            value = Vector(sum(0) &- sum(1) &+ sum(4) &- sum(5) &- middle &- middle)
        case .thirds:
            offsets += 8
            let inner = rectangle(4)
            value = Vector(inner &+ inner &+ inner &- rectangle(0))
        case .quarters:
            offsets += 9
            let edges = sum(1) &+ sum(3) &+ sum(5) &+ sum(7)
            let center = sum(4) &- edges &+ sum(4)
            let difference = sum(0) &+ sum(2) &+ sum(6) &+ sum(8) &+ center &+ center
            value = node.pointee.weights[0] * Vector(difference)
        case .two:
            offsets += 8
            value =
                node.pointee.weights[0] * Vector(rectangle(0))
                + node.pointee.weights[1] * Vector(rectangle(4))
        case .three:
            offsets += 12
            value =
                node.pointee.weights[0] * Vector(rectangle(0))
                + node.pointee.weights[1] * Vector(rectangle(4))
                + node.pointee.weights[2] * Vector(rectangle(8))
        case .pattern:
            offsets += 16
            return member(of: subsets + index &* 256, pattern: pattern(at: corners, load: load))
        }
        return LaneBits(value * norms .< node.pointee.threshold)
    }

    /// Which of the eight blocks around the one in the middle are at least as bright, clockwise
    /// from the upper left one, which is the highest bit.
    @inline(__always)
    private func pattern(
        at corners: UnsafePointer<Int32>, load: (_ offset: Int) -> Sums
    ) -> Sums {
        @inline(__always)
        func sum(_ corner: Int) -> Sums { load(Int(corners[corner])) }
        let (a, b, c, d) = (sum(0), sum(1), sum(2), sum(3))
        let (e, f, g, h) = (sum(4), sum(5), sum(6), sum(7))
        let (i, j, k, l) = (sum(8), sum(9), sum(10), sum(11))
        let (m, n, o, p) = (sum(12), sum(13), sum(14), sum(15))
        let center = f &- g &- j &+ k
        @inline(__always)
        func bit(_ block: Sums, _ value: Int32) -> Sums {
            ~((block &- center) &>> 31) & Sums(repeating: value)
        }
        let above =
            bit(a &- b &- e &+ f, 128) | bit(b &- c &- f &+ g, 64) | bit(c &- d &- g &+ h, 32)
        let right = bit(g &- h &- k &+ l, 16)
        let below =
            bit(k &- l &- o &+ p, 8) | bit(j &- k &- n &+ o, 4) | bit(i &- j &- m &+ n, 2)
        return above | right | below | bit(e &- f &- i &+ j, 1)
    }

    @inline(__always)
    private func member(of subset: UnsafePointer<Int8>, pattern: Sums) -> LaneBits {
        var bits = LaneBits.zero
        for lane in 0..<8 { bits[lane] = Int32(subset[Int(pattern[lane])]) }
        return bits
    }
}
