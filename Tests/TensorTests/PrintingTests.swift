import Foundation
import Tensor
import Testing

@Suite struct PrintingTests {
    private struct Printed: Decodable {
        var shape: [Int]
        var bits: [UInt32]
        var str: String
        var repr: String

        var tensor: Tensor { ExpectedArray(shape: shape, bits: bits).tensor }
    }

    /// `printing.json` holds what NumPy's `str` and `array2string` made of these arrays.
    @Test func looksLikeNumPy() throws {
        let data = try Data(contentsOf: fixtures.appending(path: "printing.json"))
        let arrays = try JSONDecoder().decode([Printed].self, from: data)
        #expect(arrays.count > 30)
        for array in arrays {
            let tensor = array.tensor
            #expect(tensor.description == array.str)
            let text = tensor.debugDescription
            #expect(text.hasPrefix("Tensor(" + array.repr))
            let tellsShape = (tensor.count > 0 && tensor.count <= 1000) || tensor.shape == [0]
            #expect(
                text == "Tensor(" + array.repr + (tellsShape ? ")" : ", shape: \(tensor.shape))"))
        }
    }

    @Test func scalarsPrintAsNumbers() {
        #expect(Tensor(scalar: 1.5).description == "1.5")
        #expect(Tensor(scalar: 1.5).debugDescription == "Tensor(scalar: 1.5)")
    }

    @Test func emptyTensorsTellTheirShape() {
        #expect(Tensor(zeros: [0, 3]).debugDescription == "Tensor([], shape: [0, 3])")
    }
}
