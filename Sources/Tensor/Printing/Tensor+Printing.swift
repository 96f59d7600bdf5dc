extension Tensor: CustomStringConvertible {
    /// The elements in brackets as NumPy prints them; `...` stands for the middle of long axes in
    /// tensors of more than 1000 elements.
    public var description: String {
        rank == 0 ? scalar.description : TensorText(self, separator: " ").text
    }
}

extension Tensor: CustomDebugStringConvertible {
    /// The elements as a list in source code, with the shape where the list does not tell it.
    public var debugDescription: String {
        if rank == 0 { return "Tensor(scalar: \(scalar))" }
        let prefix = "Tensor("
        let list = TensorText(self, separator: ", ", prefixWidth: prefix.count, suffixWidth: 1)
        let tellsShape = !list.isSummary && (count > 0 || shape == [0])
        return prefix + list.text + (tellsShape ? ")" : ", shape: \(shape))")
    }
}
