import Foundation
import Tensor

extension StrokeFont {
    /// Turns the description of a character into strokes.
    ///
    /// A description is a sequence of commands, each a letter and the place where it ends:
    /// - `M x y` lifts the pen and sets it down there.
    /// - `L x y` draws a line.
    /// - `h x y` draws a quarter of an ellipse that begins horizontally and ends vertically.
    /// - `v x y` draws a quarter of an ellipse that begins vertically and ends horizontally.
    /// - `Q cx cy x y` draws a parabola that begins and ends toward the control point `cx cy`.
    struct Pen {
        private(set) var strokes: [[Point]] = []
        private var place = Point(x: 0, y: 0)

        /// The number of lines that a curve is made of.
        private static let curveSteps = 10

        mutating func follow(_ path: String) {
            var rest = path[...]
            while let command = rest.popFirst() {
                let arguments = rest.prefix { !$0.isLetter }
                rest = rest.dropFirst(arguments.count)
                draw(command, arguments.split(separator: " ").compactMap { Double($0) })
            }
        }

        private mutating func draw(_ command: Character, _ numbers: [Double]) {
            require(
                numbers.count == (command == "Q" ? 4 : 2),
                "pen command \(command) with numbers \(numbers)")
            let end = Point(x: numbers[numbers.count - 2], y: numbers[numbers.count - 1])
            switch command {
            case "M": strokes.append([end])
            case "L": extend(to: [end])
            case "h": extend(to: quarter(to: end, corner: Point(x: end.x, y: place.y)))
            case "v": extend(to: quarter(to: end, corner: Point(x: place.x, y: end.y)))
            case "Q": extend(to: parabola(to: end, control: Point(x: numbers[0], y: numbers[1])))
            default: misuse("pen command \(command)")
            }
            place = end
        }

        private mutating func extend(to points: [Point]) {
            strokes[strokes.count - 1].append(contentsOf: points)
        }

        private func quarter(to end: Point, corner: Point) -> [Point] {
            (1...Self.curveSteps).map { step in
                let angle = Double(step) / Double(Self.curveSteps) * .pi / 2
                let fromStart = 1 - cos(angle)
                let toCorner = 1 - sin(angle)
                // The center lies opposite to the corner.
                return Point(
                    x: corner.x + (end.x - corner.x) * fromStart + (place.x - corner.x) * toCorner,
                    y: corner.y + (end.y - corner.y) * fromStart + (place.y - corner.y) * toCorner)
            }
        }

        private func parabola(to end: Point, control: Point) -> [Point] {
            (1...Self.curveSteps).map { step in
                let t = Double(step) / Double(Self.curveSteps)
                let s = 1 - t
                return Point(
                    x: s * s * place.x + 2 * s * t * control.x + t * t * end.x,
                    y: s * s * place.y + 2 * s * t * control.y + t * t * end.y)
            }
        }
    }
}
