import Kernels

/// Finds the sums that a feature is computed from.
///
/// Most features are halves, thirds or quarters of a rectangle, whose parts have corners in common;
/// each is then read once.
struct FeatureCorners {
    let layout: SumLayout
    /// How much later the tilted sums lie.
    let tiltedOffset: Int

    /// Appends the offsets of a Haar feature.
    func append(_ feature: Cascade.HaarFeature, to offsets: inout [Int32]) -> CascadeNode {
        if let (operation, corners) = plainCorners(of: feature) {
            offsets += corners.map(offset)
            var node = CascadeNode(operation)
            // The corners of quarters are the same whichever diagonal counts twice.
            node.weights[0] = feature.areas[1].isOnMainDiagonal(of: feature.areas[0]) ? 1 : -1
            return node
        }
        var node = CascadeNode(feature.areas.count == 2 ? .two : .three)
        for (index, area) in feature.areas.enumerated() {
            offsets += feature.isTilted ? tiltedOffsets(of: area) : area.corners.map(offset)
            node.weights[index] = feature.weights[index]
        }
        return node
    }

    /// Appends the offsets of the nine blocks of a local binary pattern, whose first one is given.
    func append(_ block: Cascade.Area, to offsets: inout [Int32]) -> CascadeNode {
        for row in 0...3 {
            for column in 0...3 {
                offsets.append(
                    offset((block.x + column * block.width, block.y + row * block.height)))
            }
        }
        return CascadeNode(.pattern)
    }

    private typealias Corner = (x: Int, y: Int)

    private func offset(_ corner: Corner) -> Int32 {
        Int32(layout.offset(x: corner.x, y: corner.y))
    }

    /// The corners of a rectangle that is turned by 45 degrees about its upper one.
    private func tiltedOffsets(of area: Cascade.Area) -> [Int32] {
        let corners = [
            (area.x, area.y), (area.x - area.height, area.y + area.height),
            (area.x + area.width, area.y + area.width),
            (area.x + area.width - area.height, area.y + area.width + area.height),
        ]
        return corners.map { offset($0) + Int32(tiltedOffset) }
    }

    /// The corners that the parts of a rectangle have, each once, where the weights are the usual
    /// ones.
    private func plainCorners(
        of feature: Cascade.HaarFeature
    ) -> (CascadeOperation, [Corner])? {
        guard !feature.isTilted else { return nil }
        let whole = feature.areas[0]
        let part = feature.areas[1]
        switch feature.weights {
        case [-1, 3]:
            return (.thirds, whole.corners + part.corners)
        case [-1, 2]:
            return halves(whole, part).map { (.halves, $0) }
        case [-1, 2, 2]:
            return quarters(whole, part, feature.areas[2]).map { (.quarters, $0) }
        default:
            return nil
        }
    }

    /// The ends of the three lines that bound two halves, beginning at the one that counts twice.
    private func halves(_ whole: Cascade.Area, _ half: Cascade.Area) -> [Corner]? {
        if half.y == whole.y, half.height == whole.height, half.width < whole.width {
            guard half.x == whole.x || half.maxX == whole.maxX else { return nil }
            // From top to bottom along the left, the middle and the right line.
            let middle = half.x == whole.x ? half.maxX : half.x
            let lines = [whole.x, middle, whole.maxX].map { x in
                [(x, whole.y), (x, whole.maxY)] as [Corner]
            }
            return half.x == whole.x
                ? lines.flatMap { $0 } : lines.flatMap { $0.reversed() }
        }
        if half.x == whole.x, half.width == whole.width, half.height < whole.height {
            guard half.y == whole.y || half.maxY == whole.maxY else { return nil }
            // From left to right along the upper, the middle and the lower line.
            let middle = half.y == whole.y ? half.maxY : half.y
            let lines = [whole.y, middle, whole.maxY].map { y in
                [(whole.x, y), (whole.maxX, y)] as [Corner]
            }
            return half.y == whole.y
                ? lines.flatMap { $0 } : lines.flatMap { $0.reversed() }
        }
        return nil
    }

    /// The nine corners of four quarters, row by row, of which two on a diagonal are given.
    private func quarters(
        _ whole: Cascade.Area, _ first: Cascade.Area, _ second: Cascade.Area
    ) -> [Corner]? {
        let (upper, lower) = first.y < second.y ? (first, second) : (second, first)
        let (left, right) = first.x < second.x ? (first, second) : (second, first)
        guard upper.y == whole.y, lower.maxY == whole.maxY, upper.maxY == lower.y,
            left.x == whole.x, right.maxX == whole.maxX, left.maxX == right.x
        else { return nil }
        return [whole.y, lower.y, whole.maxY].flatMap { y in
            [whole.x, right.x, whole.maxX].map { x in (x, y) as Corner }
        }
    }
}

extension Cascade.Area {
    fileprivate var maxX: Int { x + width }
    fileprivate var maxY: Int { y + height }

    /// Whether it begins where a larger one does, or ends where that ends.
    fileprivate func isOnMainDiagonal(of whole: Self) -> Bool {
        (x == whole.x) == (y == whole.y)
    }

    /// The upper left, upper right, lower left and lower right corner.
    fileprivate var corners: [(x: Int, y: Int)] {
        [(x, y), (maxX, y), (x, maxY), (maxX, maxY)]
    }
}
