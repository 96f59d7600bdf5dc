import Testing

@testable import Imaging

struct WindowGroupsTests {
    private func window(_ x: Int, _ y: Int, _ side: Int, margin: Float = 1) -> FaceWindow {
        FaceWindow(x: x, y: y, width: side, height: side, margin: margin)
    }

    @Test func nothingMakesNoFaces() {
        #expect(WindowGroups.faces(of: [], minNeighbors: 3).isEmpty)
        #expect(WindowGroups.faces(of: [], minNeighbors: 0).isEmpty)
    }

    @Test func aFaceIsTheMeanOfItsWindows() {
        let windows = [window(10, 20, 40), window(12, 21, 40), window(13, 22, 43)]
        let faces = WindowGroups.faces(of: windows, minNeighbors: 2)
        // 35 / 3, 63 / 3 and 123 / 3.
        #expect(faces.map(\.box) == [Rectangle(x: 12, y: 21, width: 41, height: 41)])
        #expect(faces.first?.score == 3)
        #expect(WindowGroups.faces(of: windows, minNeighbors: 3).isEmpty)
    }

    @Test("Windows that are similar to none but one of a group belong to it")
    func groupsAreChains() {
        // Each is 8 to the right of the one before, as far as windows of 40 pixels may be.
        let chain = (0..<6).map { window(8 * $0, 0, 40) }
        #expect(WindowGroups.faces(of: chain.shuffled(), minNeighbors: 5).count == 1)
        let broken = (0..<6).map { window(9 * $0, 0, 40) }
        #expect(WindowGroups.faces(of: broken, minNeighbors: 1).isEmpty)
    }

    @Test func allEdgesCount() {
        // The same corner, but the sizes differ by more than a fifth of the smaller one.
        let windows = [window(0, 0, 40), window(0, 0, 49)]
        #expect(WindowGroups.faces(of: windows, minNeighbors: 1).isEmpty)
        #expect(WindowGroups.faces(of: [windows[0], window(0, 0, 48)], minNeighbors: 1).count == 1)
    }

    @Test("A group inside of one with more windows is a part of the same face")
    func dropsParts() {
        let large = (0..<5).map { window($0, 0, 100) }
        let small = (0..<3).map { window(40 + $0, 40, 30) }
        let boxes = WindowGroups.faces(of: large + small, minNeighbors: 1).map(\.box.width)
        #expect(boxes == [100])
        // One with as many windows is not, nor one that sticks out.
        let many = (0..<5).map { window(40 + $0, 40, 30) }
        #expect(WindowGroups.faces(of: large + many, minNeighbors: 1).count == 2)
        let outside = (0..<3).map { window(110 + $0, 40, 30) }
        #expect(WindowGroups.faces(of: large + outside, minNeighbors: 1).count == 2)
    }

    @Test func withoutNeighborsEachWindowIsAFace() {
        let windows = [window(0, 0, 40, margin: 1), window(1, 0, 40, margin: 3)]
        let faces = WindowGroups.faces(of: windows, minNeighbors: 0)
        #expect(faces.map(\.score) == [3, 1])
        #expect(faces.map(\.box.x) == [1, 0])
    }
}
