import Imaging
import Testing

@Suite struct CanvasTextTests {
    /// The columns and rows that a text has ink in.
    func extent(
        of text: String, at point: Point = Point(x: 50, y: 50), _ style: TextStyle
    ) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        var canvas = Canvas(width: 100, height: 100)
        canvas.draw(text, at: point, style: style)
        let rows = (0..<100).filter { row in (0..<100).contains { canvas.red(row, $0) < 200 } }
        let columns = (0..<100).filter { column in
            (0..<100).contains { canvas.red($0, column) < 200 }
        }
        guard let left = columns.first, let right = columns.last, let top = rows.first,
            let bottom = rows.last
        else { return nil }
        return (left...right, top...bottom)
    }

    @Test func capitalsStandOnTheBaseline() throws {
        let (_, rows) = try #require(extent(of: "HE", TextStyle(size: 20)))
        // Capitals have .7 of the size; half of the pen reaches out on both sides.
        #expect((48...51).contains(rows.upperBound))
        #expect((34...36).contains(rows.lowerBound))
    }

    @Test(arguments: [
        (TextStyle.Alignment.leading, 50.0, 80.0), (.center, 35.0, 65.0), (.trailing, 20.0, 50.0),
    ])
    func alignmentMovesTheText(alignment: TextStyle.Alignment, low: Double, high: Double) throws {
        var style = TextStyle(size: 20, alignment: alignment)
        style.size *= 30 / style.width(of: "mean")
        let (columns, _) = try #require(extent(of: "mean", style))
        #expect(abs(Double(columns.lowerBound) - low) < 4)
        #expect(abs(Double(columns.upperBound) - high) < 4)
    }

    @Test func widthGrowsWithSizeAndText() {
        let style = TextStyle(size: 10)
        #expect(style.width(of: "") == 0)
        #expect(abs(style.width(of: "abab") - 2 * style.width(of: "ab")) < 1e-9)
        #expect(abs(TextStyle(size: 30).width(of: "ab") - 3 * style.width(of: "ab")) < 1e-9)
    }

    @Test func quarterTurnReadsUpward() throws {
        let (columns, rows) = try #require(extent(of: "HHHH", TextStyle(size: 16, angle: -90)))
        #expect(rows.count > 3 * columns.count)
        #expect(columns.upperBound <= 51 && rows.upperBound <= 51)
    }

    @Test func boldHasMoreInk() {
        func ink(_ weight: TextStyle.Weight) -> Double {
            var canvas = Canvas(width: 100, height: 40)
            canvas.draw("bold", at: Point(x: 4, y: 30), style: TextStyle(size: 24, weight: weight))
            return canvas.ink
        }
        #expect(ink(.bold) > 1.3 * ink(.regular))
    }

    @Test func spaceHasNoInk() {
        #expect(extent(of: "   ", TextStyle(size: 20)) == nil)
    }
}
