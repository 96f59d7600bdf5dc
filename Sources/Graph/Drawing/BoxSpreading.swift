import Foundation
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

    /// Moves each overlapping pair apart, along the line between their centers.
    ///
    /// Distances are measured in boxes, for those that are wide and low would all give way upward and
    /// downward otherwise, and pile up.
    private mutating func moveApart() -> Bool {
        var hasMoved = false
        for one in boxes.indices {
            for other in boxes.indices.dropFirst(one + 1) where !(isFixed[one] && isFixed[other]) {
                let width = (boxes[one].width + boxes[other].width) / 2
                let height = (boxes[one].height + boxes[other].height) / 2
                let (center, otherCenter) = (boxes[one].center, boxes[other].center)
                var x = (center.x - otherCenter.x) / width
                var y = (center.y - otherCenter.y) / height
                guard max(abs(x), abs(y)) < 0.999 else { continue }
                hasMoved = true
                if max(abs(x), abs(y)) < 0.05 {
                    // Those in one place leave it in different directions.
                    let angle = Double(one + 7 * other)
                    (x, y) = (0.05 * cos(angle), 0.05 * sin(angle))
                }
                let missing = min(1 / max(abs(x), abs(y)) - 1, 0.5 / max(abs(x), abs(y)))
                let (shiftX, shiftY) = (x * width * missing, y * height * missing)
                let share = isFixed[one] ? 0.0 : isFixed[other] ? 1.0 : 0.5
                boxes[one].x += shiftX * share
                boxes[one].y += shiftY * share
                boxes[other].x -= shiftX * (1 - share)
                boxes[other].y -= shiftY * (1 - share)
            }
        }
        return hasMoved
    }

    private mutating func keep(_ index: Int, in area: Rectangle) {
        boxes[index].x = max(area.x, min(boxes[index].x, area.maxX - boxes[index].width))
        boxes[index].y = max(area.y, min(boxes[index].y, area.maxY - boxes[index].height))
    }
}
