import CNN
import Tensor
import Testing
import _TestSupport

struct Conv2DTests {
    /// One channel, odd numbers, groups, one group for each channel, several filters for each.
    private static let channels: [(inputs: Int, filters: Int, groups: Int)] = [
        (1, 1, 1), (3, 5, 1), (4, 6, 2), (9, 9, 9), (2, 4, 2),
    ]

    /// A pixel, one image and several of odd sizes.
    private static let images: [(batch: Int, height: Int, width: Int)] = [
        (1, 1, 1), (1, 5, 4), (2, 3, 5),
    ]

    @Test(arguments: [1, 2, 3, 5], [Padding.valid, .same])
    func gradients(kernel: Int, padding: Padding) throws {
        try forEvery("stride", [1, 2, 4]) { stride in
            try forEvery("channels", Self.channels) { inputs, filters, groups in
                let layer = Conv2D(
                    filters: filters, kernel: kernel, stride: stride, padding: padding,
                    groups: groups, bias: stride != 2)
                try forEvery("images", Self.images) { batch, height, width in
                    guard padding == .same || min(height, width) >= kernel else { return }
                    expectGradients(
                        of: try Subject([layer], input: [height, width, inputs], batch: batch))
                }
            }
        }
    }

    @Test func batchLargerAndSmallerThanThreads() throws {
        try forEvery("batch", [2, 3, 4, 7]) { batch in
            expectGradients(
                of: try Subject(
                    [Conv2D(filters: 3, kernel: 2)], input: [3, 3, 2], batch: batch))
        }
    }

    @Test func outputSizesFollowThePadding() throws {
        func output(_ layer: Conv2D) throws -> Shape {
            try layer.plan([[7, 10, 3]]).output
        }
        #expect(try output(Conv2D(filters: 4, kernel: 3)) == [5, 8, 4])
        #expect(try output(Conv2D(filters: 4, kernel: 3, stride: 2)) == [3, 4, 4])
        #expect(try output(Conv2D(filters: 4, kernel: 3, padding: .same)) == [7, 10, 4])
        #expect(try output(Conv2D(filters: 4, kernel: 3, stride: 2, padding: .same)) == [4, 5, 4])
        #expect(try output(Conv2D(filters: 4, kernel: 1, stride: 3)) == [3, 4, 4])
    }

    @Test(arguments: [
        (Conv2D(filters: 4, kernel: 3), [5], "takes [height, width, channels], not [5]"),
        (
            Conv2D(filters: 4, kernel: 3), [2, 5, 1],
            "a window of 3 x 3 does not fit into [2, 5, 1]"
        ),
        (Conv2D(filters: 4, kernel: 0), [5, 5, 1], "size and a stride of 1 to 255"),
        (Conv2D(filters: 4, kernel: 1, stride: 0), [5, 5, 1], "size and a stride of 1 to 255"),
        (Conv2D(filters: 4, kernel: 3, groups: 2), [5, 5, 3], "2 groups do not divide both"),
        (Conv2D(filters: 3, kernel: 3, groups: 2), [5, 5, 4], "2 groups do not divide both"),
    ])
    func refusesWhatDoesNotFit(layer: Conv2D, input: [Int], message: String) {
        let error = #expect(throws: ArchitectureError.self) { try layer.plan([Shape(input)]) }
        #expect(error?.message.contains(message) == true)
    }
}
