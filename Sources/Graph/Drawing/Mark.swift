import Imaging

/// One thing on a drawing, whatever it is drawn with.
enum Mark {
    /// A straight line with round ends.
    case line(from: Point, to: Point, color: Color, width: Double, isDashed: Bool = false)
    /// A circle with or without an outline, which lies inside and outside of its edge by half.
    case circle(center: Point, radius: Double, fill: Color, outline: Outline? = nil)
    /// A shape without dents.
    case polygon([Point], fill: Color, outline: Outline? = nil)
    /// A line of text.
    case text(String, at: Point, Lettering)
    /// Marks of one thing, which a viewer may explain and link.
    case group([Mark], explanation: String, link: String?)

    /// The outline of a shape.
    struct Outline {
        let color: Color
        let width: Double
    }

    /// How a line of text looks.
    struct Lettering {
        let size: Double
        let color: Color
        var isBold = false
        var alignment = TextStyle.Alignment.leading
        /// The color of the rim that keeps what lies below away from the letters.
        var halo: Color?
    }

    /// A rectangle.
    static func rectangle(
        _ box: Rectangle, fill: Color, outline: Outline? = nil
    ) -> Mark {
        .polygon(
            [
                Point(x: box.x, y: box.y), Point(x: box.maxX, y: box.y),
                Point(x: box.maxX, y: box.maxY), Point(x: box.x, y: box.maxY),
            ], fill: fill, outline: outline)
    }
}

/// Marks on a sheet, later ones above earlier ones.
struct Sheet {
    let width: Double
    let height: Double
    let background: Color
    var marks: [Mark] = []
}
