import Foundation
import Tensor
import Testing

@Suite struct ShapeTests {
    @Test func countsElements() {
        #expect(Shape([]).elementCount == 1)
        #expect(Shape([2, 3, 4]).elementCount == 24)
        #expect(Shape([2, 0]).elementCount == 0)
        #expect(Shape([2, 3]).description == "[2, 3]")
    }

    @Test(
        arguments: [
            ([], [], []), ([3], [], [3]), ([2, 3], [3], [2, 3]), ([2, 1], [1, 3], [2, 3]),
            ([1], [0], [0]), ([4, 1, 6], [5, 1], [4, 5, 6]),
        ] as [(Shape, Shape, Shape)])
    func broadcasts(a: Shape, b: Shape, expected: Shape) {
        #expect(a.broadcast(with: b) == expected)
        #expect(b.broadcast(with: a) == expected)
    }

    @Test(arguments: [([2], [3]), ([2, 3], [2]), ([0], [2])] as [(Shape, Shape)])
    func refusesToBroadcast(a: Shape, b: Shape) {
        #expect(a.broadcast(with: b) == nil)
    }

    @Test func codesAsAList() throws {
        let data = try JSONEncoder().encode([Shape([2, 3])])
        #expect(String(decoding: data, as: UTF8.self) == "[[2,3]]")
        #expect(try JSONDecoder().decode([Shape].self, from: data) == [[2, 3]])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Shape].self, from: Data("[[-1]]".utf8))
        }
    }
}
