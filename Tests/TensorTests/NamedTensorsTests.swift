import Tensor
import Testing

@Suite struct NamedTensorsTests {
    @Test func keepsTheOrderOfAddition() {
        var tensors: NamedTensors = ["c": [1], "a": [2], "b": [3]]
        tensors["a"] = [4]
        tensors["d"] = [5]
        #expect(tensors.names == ["c", "a", "b", "d"])
        #expect(tensors["a"] == [4])
        #expect(tensors["x"] == nil)
        tensors["a"] = nil
        tensors["x"] = nil
        #expect(tensors.names == ["c", "b", "d"])
        #expect(tensors["b"] == [3])
        #expect(tensors["d"] == [5])
        #expect(tensors.map(\.tensor) == [[1], [3], [5]])
        #expect(tensors == ["c": [1], "b": [3], "d": [5]])
        #expect(tensors != ["b": [3], "c": [1], "d": [5]])
    }
}
