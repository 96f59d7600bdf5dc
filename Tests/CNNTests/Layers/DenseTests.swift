import CNN
import Tensor
import Testing
import _TestSupport

struct DenseTests {
    @Test func gradients() throws {
        try forEvery("features", [1, 3, 8, 33]) { features in
            try forEvery("units", [1, 5, 16, 35]) { units in
                try forEvery("batch", [1, 2, 7]) { batch in
                    let layer = Dense(units, bias: batch != 2)
                    expectGradients(
                        of: try Subject([layer], input: [features], batch: batch))
                }
            }
        }
    }

    @Test func refusesImages() {
        let error = #expect(throws: ArchitectureError.self) { try Dense(3).plan([[5, 5, 1]]) }
        #expect(error?.message == "takes [features], not [5, 5, 1]; put Flatten() before it")
        #expect(throws: ArchitectureError.self) { try Dense(0).plan([[5]]) }
    }
}
