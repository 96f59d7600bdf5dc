import Testing

@testable import Imaging

@Suite struct StrokeFontTests {
    static let printable = (32...126).map { Character(UnicodeScalar(UInt8($0))) } + ["±"]

    @Test func everyPrintableCharacterHasAGlyph() {
        #expect(Set(StrokeFont.outlines.map(\.character)).isSuperset(of: Self.printable))
    }

    @Test("letters with accents are letters with more strokes, just as wide")
    func accents() throws {
        for (accented, letter) in zip("éÅñüçőÿž", "eAnucoyz") {
            let (glyph, base) = (StrokeFont.glyph(of: accented), StrokeFont.glyph(of: letter))
            #expect(glyph.strokes.count > base.strokes.count && glyph.advance == base.advance)
        }
        #expect(StrokeFont.accented("語") == nil && StrokeFont.accented("e") == nil)
    }

    @Test(arguments: StrokeFont.outlines.map(\.character))
    func glyphStaysInItsCell(character: Character) {
        let glyph = StrokeFont.glyph(of: character)
        let width = glyph.advance - 2 * StrokeFont.bearing
        for point in glyph.strokes.joined() {
            #expect(point.x >= -0.01 && point.x <= width + 0.25, "\(character) at \(point)")
            #expect(point.y >= -4.01 && point.y <= 16.01, "\(character) at \(point)")
        }
        #expect(glyph.strokes.isEmpty == (character == " "))
    }

    @Test func glyphsDiffer() {
        let shapes = StrokeFont.outlines.map { $0.path }
        #expect(Set(shapes).count == shapes.count)
    }

    @Test func digitsAreEquallyWide() {
        #expect(Set("0123456789".map { StrokeFont.glyph(of: $0).advance }).count == 1)
    }

    @Test func missingCharacterIsABox() {
        #expect(StrokeFont.glyph(of: "日").strokes.first?.count == 5)
    }

    @Test func quarterOfAnEllipseMeetsItsEquation() {
        var pen = StrokeFont.Pen()
        pen.follow("M0 2h5 0")
        for point in pen.strokes[0] {
            // Center (0, 0), half axes 5 and 2.
            #expect(abs(point.x * point.x / 25 + point.y * point.y / 4 - 1) < 1e-9)
        }
        #expect(pen.strokes[0].first == Point(x: 0, y: 2))
    }

    @Test func quartersBeginAsTheirLettersSay() {
        for (command, isHorizontal) in [("h", true), ("v", false)] {
            var pen = StrokeFont.Pen()
            pen.follow("M0 0\(command)4 4")
            let second = pen.strokes[0][1]
            #expect((abs(second.x) > abs(second.y)) == isHorizontal)
        }
    }
}
