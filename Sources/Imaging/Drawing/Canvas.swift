/// An RGB picture that one can draw on, with smooth edges.
///
/// ```swift
/// var canvas = Canvas(picture)
/// canvas.stroke(Rectangle(x: 20, y: 30, width: 48, height: 48), with: Color(0xffcc00), width: 2)
/// canvas.draw("happy 0.93", at: Point(x: 20, y: 26), style: TextStyle(size: 14, color: .white))
/// try canvas.image.write(to: output)
/// ```
///
/// An edge that crosses a pixel colors it in proportion to the part that is covered. Everything is
/// clipped to the picture and to `clip`.
public struct Canvas: Sendable {
    /// What has been drawn so far, `[height, width, 3]`.
    public private(set) var image: Image
    /// Pixels whose centers lie outside of this rectangle are left as they are; `nil` clips nothing.
    public var clip: Rectangle?

    /// Creates an empty canvas.
    ///
    /// - Complexity: O(width × height).
    public init(width: Int, height: Int, background: Color = .white) {
        image = Image(width: width, height: height, channels: 3)
        fill(bounds, with: background)
    }

    /// Creates a canvas that shows a picture; a grayscale one becomes gray RGB.
    ///
    /// - Complexity: O(width × height).
    public init(_ picture: Image) {
        guard picture.channels == 1 else {
            image = picture
            return
        }
        image = Image(
            width: picture.width, height: picture.height, channels: 3,
            samples: picture.samples.flatMap { [$0, $0, $0] })
    }

    /// The whole picture.
    public var bounds: Rectangle {
        Rectangle(x: 0, y: 0, width: Double(image.width), height: Double(image.height))
    }

    /// Blends a color into the pixels of an area; `coverage` gives the covered part, 0...1, of the
    /// pixel in a row and a column.
    mutating func blend(
        _ color: Color, in area: Rectangle, coverage: (Int, Int) -> Double
    ) {
        let pixels = PixelArea(covering: area, of: bounds, clip: clip)
        for row in pixels.rows {
            for column in pixels.columns {
                let weight = coverage(row, column) * color.opacity
                guard weight > 0 else { continue }
                let start = 3 * (row * image.width + column)
                blend(color.red, at: start, weight)
                blend(color.green, at: start + 1, weight)
                blend(color.blue, at: start + 2, weight)
            }
        }
    }

    private mutating func blend(_ sample: UInt8, at index: Int, _ weight: Double) {
        let old = Double(image.samples[index])
        image.samples[index] = UInt8((old + (Double(sample) - old) * min(1, weight)).rounded())
    }
}

/// The rows and columns of pixels that an area touches.
struct PixelArea {
    let rows: Range<Int>
    let columns: Range<Int>

    init(covering area: Rectangle, of bounds: Rectangle, clip: Rectangle? = nil) {
        func pixels(_ low: Double, _ high: Double) -> Range<Int> {
            // A shape whose place is not a number is drawn nowhere.
            guard low < high else { return 0..<0 }
            return Int(low.rounded(.down))..<Int(high.rounded(.up))
        }
        let touched = area.intersection(bounds)
        let rows = pixels(touched.y, touched.maxY)
        let columns = pixels(touched.x, touched.maxX)
        guard let clip else {
            self.rows = rows
            self.columns = columns
            return
        }
        let kept = clip.intersection(bounds)
        self.rows = rows.clamped(to: Int(kept.y.rounded())..<Int(kept.maxY.rounded()))
        self.columns = columns.clamped(to: Int(kept.x.rounded())..<Int(kept.maxX.rounded()))
    }
}
