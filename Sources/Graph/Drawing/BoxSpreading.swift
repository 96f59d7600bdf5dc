import Imaging

/// Moves boxes apart until none overlaps another, as little as it takes.
struct BoxSpreading {
    /// The boxes.
    private(set) var boxes: [Rectangle]
    private let isFixed: [Bool]

    /// Spreads boxes within an area.
    ///
    /// - Parameters:
    ///   - boxes: Where they lie.
    ///   - isFixed: Which of them stay.
    ///   - area: What they may not leave.
    ///   - steps: How often each pair is looked at; fewer where nothing overlaps any more.
    /// - Complexity: O(*n*²) in the number of boxes.
    init(_ boxes: [Rectangle], isFixed: [Bool], in area: Rectangle, steps: Int = 400) {
        self.boxes = boxes
        self.isFixed = isFixed
        for _ in 0..<steps {
            let hasMoved = moveApart()
            for index in boxes.indices where !isFixed[index] { keep(index, in: area) }
            if !hasMoved { break }
        }
    }

    /// Moves each overlapping pair apart, along the axis where it takes less.
    private mutating func moveApart() -> Bool {
        var hasMoved = false
        for one in boxes.indices {
            for other in boxes.indices.dropFirst(one + 1) {
                let common = boxes[one].intersection(boxes[other])
                guard common.width > 0.01, common.height > 0.01,
                    !(isFixed[one] && isFixed[other])
                else { continue }
                hasMoved = true
                let share = isFixed[one] ? 0.0 : isFixed[other] ? 1.0 : 0.5
                let (center, otherCenter) = (boxes[one].center, boxes[other].center)
                if common.width < common.height {
                    let shift = center.x < otherCenter.x ? -common.width : common.width
                    boxes[one].x += shift * share
                    boxes[other].x -= shift * (1 - share)
                } else {
                    let shift = center.y < otherCenter.y ? -common.height : common.height
                    boxes[one].y += shift * share
                    boxes[other].y -= shift * (1 - share)
                }
            }
        }
        return hasMoved
    }

    private mutating func keep(_ index: Int, in area: Rectangle) {
        boxes[index].x = max(area.x, min(boxes[index].x, area.maxX - boxes[index].width))
        boxes[index].y = max(area.y, min(boxes[index].y, area.maxY - boxes[index].height))
    }
}
