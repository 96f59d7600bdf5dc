import Tensor
import Testing

/// Mistakes of a caller stop the program with a message that names the operation and the shapes.
@Suite struct MisuseTests {
    @Test func shapesThatDoNotBroadcast() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor(zeros: [2, 3]) + Tensor(zeros: [4])
        }
        expect(result, "+: shapes [2, 3] and [4] cannot be broadcast together")
    }

    @Test func assignmentThatWouldGrow() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var tensor = Tensor(zeros: [3])
            tensor *= Tensor(zeros: [2, 3])
        }
        expect(result, "*=: the result, of shape [2, 3], does not fit into a tensor of shape [3]")
    }

    @Test func matricesThatDoNotFit() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = matmul(Tensor(zeros: [2, 3]), Tensor(zeros: [4, 5]))
        }
        expect(result, "matmul: shapes [2, 3] and [4, 5] do not fit")
    }

    @Test func elementWithTooFewIndices() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let row = Tensor(zeros: [2, 3])[0]
            _ = row as Float
        }
        expect(result, "an element of a tensor of shape [2, 3] has 2 indices, not [0]")
    }

    @Test func partOutsideOfTheTensor() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor(zeros: [2, 3])[0..., 1...3]
        }
        expect(result, "1..<4 lies outside of axis 1 of a tensor of shape [2, 3]")
    }

    @Test func elementsThatDoNotFillAShape() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor([1, 2, 3], shape: [2, 2])
        }
        expect(result, "3 elements do not fill the shape [2, 2], which has 4")
    }

    @Test func reshapingThatLosesElements() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor(zeros: [2, 3]).reshaped(4, -1)
        }
        expect(result, "reshaped: 6 elements of shape [2, 3] cannot be divided by 4")
    }

    @Test func axisThatDoesNotExist() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor(zeros: [2, 3]).sum(axes: [2])
        }
        expect(result, "sum: shape [2, 3] has no axis 2")
    }

    @Test func concatenatingDifferentShapes() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor(concatenating: [Tensor(zeros: [2, 3]), Tensor(zeros: [2, 4])])
        }
        expect(result, "concatenating: shapes [2, 3] and [2, 4] differ outside of axis 0")
    }

    @Test func largestOfNothing() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Tensor(zeros: [0, 3]).max(axes: [0])
        }
        expect(result, "max: there is nothing along the axes [0] of shape [0, 3]")
    }

    private func expect(
        _ result: ExitTest.Result?, _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains(message), "\(output)", sourceLocation: sourceLocation)
    }
}
