import Imaging
import Testing

@Suite struct RectangleTests {
    let rectangle = Rectangle(x: 10, y: 20, width: 30, height: 40)

    @Test func edgesAndCenter() {
        #expect(rectangle.maxX == 40)
        #expect(rectangle.maxY == 60)
        #expect(rectangle.center == Point(x: 25, y: 40))
    }

    @Test func insetMovesAllEdges() {
        #expect(rectangle.inset(by: 2) == Rectangle(x: 12, y: 22, width: 26, height: 36))
        #expect(rectangle.inset(by: -1) == Rectangle(x: 9, y: 19, width: 32, height: 42))
    }

    @Test func intersection() {
        let other = Rectangle(x: 30, y: 0, width: 100, height: 25)
        #expect(rectangle.intersection(other) == Rectangle(x: 30, y: 20, width: 10, height: 5))
    }

    @Test func apartIsEmpty() {
        let apart = rectangle.intersection(Rectangle(x: 50, y: 20, width: 5, height: 5))
        #expect(apart.width == 0)
        #expect(apart.height == 5)
    }

    @Test func shareOfTheUnion() {
        let moved = Rectangle(x: 25, y: 20, width: 30, height: 40)
        #expect(rectangle.area == 1200)
        #expect(rectangle.intersectionOverUnion(with: rectangle) == 1)
        #expect(rectangle.intersectionOverUnion(with: moved) == 600.0 / 1800)
        #expect(moved.intersectionOverUnion(with: rectangle) == 600.0 / 1800)
        let touching = Rectangle(x: 40, y: 20, width: 5, height: 5)
        #expect(rectangle.intersectionOverUnion(with: touching) == 0)
        let empty = Rectangle(x: 10, y: 20, width: 0, height: 0)
        #expect(empty.intersectionOverUnion(with: empty) == 0)
    }
}
