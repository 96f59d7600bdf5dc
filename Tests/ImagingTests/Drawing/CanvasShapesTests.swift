import Imaging
import Testing

@Suite struct CanvasShapesTests {
    @Test func edgeOfARectangleCoversPartOfAPixel() {
        var canvas = Canvas(width: 4, height: 3)
        canvas.fill(Rectangle(x: 0.5, y: 1, width: 2, height: 1), with: .black)
        #expect((0..<4).map { canvas.red(1, $0) } == [128, 0, 128, 255])
        #expect((0..<4).allSatisfy { canvas.red(0, $0) == 255 && canvas.red(2, $0) == 255 })
    }

    @Test func outlineLeavesTheMiddle() {
        var canvas = Canvas(width: 8, height: 8)
        canvas.stroke(Rectangle(x: 1.5, y: 1.5, width: 5, height: 5), with: .black)
        #expect((0..<8).map { canvas.red(4, $0) } == [255, 0, 255, 255, 255, 255, 0, 255])
        #expect(canvas.ink == 20)
    }

    @Test(arguments: [1.5, 4, 9.25]) func circleHasItsArea(radius: Double) {
        var canvas = Canvas(width: 24, height: 24)
        canvas.fillCircle(center: Point(x: 12, y: 11.5), radius: radius, with: .black)
        #expect(abs(canvas.ink - .pi * radius * radius) < 0.04 * .pi * radius * radius)
    }

    @Test func ringHasTheAreaOfItsLine() {
        var canvas = Canvas(width: 24, height: 24)
        canvas.strokeCircle(center: Point(x: 12, y: 12), radius: 8, with: .black, width: 2)
        #expect(abs(canvas.ink - 2 * .pi * 8 * 2) < 1)
        #expect(canvas.red(12, 12) == 255)
        #expect(canvas.red(12, 3) < 30)
    }

    @Test func lineHasItsWidthAndRoundEnds() {
        var canvas = Canvas(width: 40, height: 20)
        canvas.stroke(
            [Point(x: 10, y: 10), Point(x: 30, y: 10)], with: .black, width: 4)
        #expect(abs(canvas.ink - (20 * 4 + .pi * 4)) < 1)
        #expect((0..<20).filter { canvas.red($0, 20) == 0 } == [8, 9, 10, 11])
    }

    @Test func slantedLineIsAsWideAsAnUprightOne() {
        var canvas = Canvas(width: 60, height: 60)
        canvas.stroke([Point(x: 10, y: 10), Point(x: 40, y: 50)], with: .black, width: 3)
        #expect(abs(canvas.ink - (50 * 3 + .pi * 1.5 * 1.5)) < 2)
    }

    @Test func jointOfATranslucentLineIsNoDarker() {
        var canvas = Canvas(width: 20, height: 20)
        canvas.stroke(
            [Point(x: 2, y: 10), Point(x: 10, y: 10), Point(x: 10, y: 2)],
            with: Color(0x000000, opacity: 0.5), width: 4)
        let darkest = canvas.image.samples.min()
        #expect(darkest == 128)
    }

    @Test func onePointIsADot() {
        var canvas = Canvas(width: 10, height: 10)
        canvas.stroke([Point(x: 5, y: 5)], with: .black, width: 4)
        #expect(abs(canvas.ink - .pi * 4) < 0.5)
    }

    @Test func dashesAlternate() {
        var canvas = Canvas(width: 40, height: 3)
        canvas.stroke(
            [Point(x: 0.5, y: 1.5), Point(x: 20, y: 1.5), Point(x: 39.5, y: 1.5)], with: .black,
            width: 1, dashes: (dash: 6, gap: 6))
        #expect([3, 15, 27].allSatisfy { canvas.red(1, $0) == 0 })
        #expect([9, 21, 33].allSatisfy { canvas.red(1, $0) == 255 })
    }

    @Test func whatLiesOutsideIsNotDrawn() {
        var canvas = Canvas(width: 5, height: 5)
        canvas.fill(Rectangle(x: -1e9, y: 7, width: 10, height: 1e12), with: .black)
        canvas.fillCircle(center: Point(x: -50, y: 2), radius: 10, with: .black)
        canvas.stroke([Point(x: 1e12, y: 0), Point(x: 1e12, y: 1e12)], with: .black)
        #expect(canvas.ink == 0)
    }

    @Test func whatIsNotANumberIsNotDrawn() {
        var canvas = Canvas(width: 5, height: 5)
        canvas.fill(Rectangle(x: .nan, y: 0, width: 5, height: 5), with: .black)
        canvas.fillCircle(center: Point(x: 1, y: .nan), radius: 10, with: .black)
        canvas.stroke([Point(x: .nan, y: 1), Point(x: 2, y: .infinity)], with: .black)
        canvas.stroke([], with: .black)
        canvas.stroke(
            [Point(x: 0, y: 1), Point(x: .infinity, y: 1)], with: .black, dashes: (dash: 2, gap: 2))
        #expect(canvas.ink == 0)
    }
}
