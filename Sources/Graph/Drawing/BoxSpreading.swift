import Foundation
import Imaging

/// Moves boxes apart until none overlaps another, as little as it takes.
struct BoxSpreading {
    /// The boxes.
    private(set) var boxes: [Rectangle]
    private let isFixed: [Bool]
    private let area: Rectangle

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
        self.area = area
        for _ in 0..<steps {
            let hasMoved = moveApart()
            for index in boxes.indices where !isFixed[index] { keep(index) }
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
                if isFixed[one] || isFixed[other] {
                    moveOut(isFixed[one] ? other : one, of: boxes[isFixed[one] ? one : other])
                    continue
                }
                if max(abs(x), abs(y)) < 0.05 {
                    // Those in one place leave it in different directions.
                    let angle = Double(one + 7 * other)
                    (x, y) = (0.05 * cos(angle), 0.05 * sin(angle))
                }
                let missing = min(1 / max(abs(x), abs(y)) - 1, 0.5 / max(abs(x), abs(y)))
                let (shiftX, shiftY) = (x * width * missing, y * height * missing)
                boxes[one].x += shiftX / 2
                boxes[one].y += shiftY / 2
                boxes[other].x -= shiftX / 2
                boxes[other].y -= shiftY / 2
            }
        }
        return hasMoved
    }

    /// Moves a box to the nearest place beside a fixed one that lies in the area: in a corner, away
    /// from its middle would lead out of the area and back.
    private mutating func moveOut(_ index: Int, of fixed: Rectangle) {
        let box = boxes[index]
        let ways = [
            (fixed.x - box.maxX, 0.0), (fixed.maxX - box.x, 0.0), (0.0, fixed.y - box.maxY),
            (0.0, fixed.maxY - box.y),
        ]
        let inside = ways.filter { x, y in
            box.x + x >= area.x && box.maxX + x <= area.maxX && box.y + y >= area.y
                && box.maxY + y <= area.maxY
        }
        guard let way = inside.min(by: { abs($0.0 + $0.1) < abs($1.0 + $1.1) }) else { return }
        boxes[index].x += way.0
        boxes[index].y += way.1
    }

    private mutating func keep(_ index: Int) {
        boxes[index].x = max(area.x, min(boxes[index].x, area.maxX - boxes[index].width))
        boxes[index].y = max(area.y, min(boxes[index].y, area.maxY - boxes[index].height))
    }
}
