import CNN
import Tensor
import Testing
import _TestSupport

/// `MaxPool`, `AveragePool` and `GlobalAveragePool`.
struct PoolingTests {
    @Test(arguments: [1, 2, 3, 5])
    func gradients(size: Int) throws {
        try forEvery("stride", [nil, 1, 2, 6]) { (stride: Int?) in
            try forEvery("padding", [Padding.valid, .same]) { padding in
                try forEvery("image", [[1, 1, 1], [5, 7, 1], [4, 5, 9]]) { image in
                    guard padding == .same || min(image[0], image[1]) >= size else { return }
                    let layers: [any Layer] = [
                        MaxPool(size, stride: stride, padding: padding),
                        AveragePool(size, stride: stride, padding: padding),
                    ]
                    try forEvery("layer", layers) { layer in
                        expectGradients(
                            of: try Subject(
                                [layer], input: Shape(image), batch: 2, separated: true))
                    }
                }
            }
        }
    }

    @Test func globalAverageGradients() throws {
        try forEvery("image", [[1, 1, 1], [2, 3, 1], [5, 3, 9], [1, 4, 16]]) { image in
            try forEvery("batch", [1, 3]) { batch in
                expectGradients(
                    of: try Subject([GlobalAveragePool()], input: Shape(image), batch: batch))
            }
        }
    }

    @Test func theFirstOfEqualValuesGetsTheGradient() throws {
        var subject = try Subject([MaxPool(2)], input: [2, 2, 9], batch: 1)
        subject.input = Array(repeating: 3, count: 36)
        let gradient = subject.step().inputGradient
        #expect(Array(gradient[..<9]) == subject.outputGradient)
        #expect(gradient[9...].allSatisfy { $0 == 0 })
    }

    @Test func refusesWhatDoesNotFit() {
        #expect(throws: ArchitectureError.self) { try MaxPool(3).plan([[2, 3, 1]]) }
        #expect(throws: ArchitectureError.self) { try MaxPool(16).plan([[20, 20, 1]]) }
        #expect(throws: ArchitectureError.self) { try AveragePool(2, stride: 0).plan([[4, 4, 1]]) }
        #expect(throws: ArchitectureError.self) { try AveragePool(2).plan([[4]]) }
        #expect(throws: ArchitectureError.self) { try GlobalAveragePool().plan([[4]]) }
    }
}
