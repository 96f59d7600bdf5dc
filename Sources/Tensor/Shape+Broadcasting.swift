extension Shape {
    /// The shape that two arrays have when both are broadcast.
    ///
    /// Shapes are aligned at their last axes. Missing axes count as length 1, and an axis of length
    /// 1 is repeated to fit the other one, as in NumPy.
    ///
    /// - Returns: `nil` if two lengths differ and neither is 1.
    public func broadcast(with other: Shape) -> Shape? {
        var result: [Int] = []
        for fromEnd in 0..<Swift.max(rank, other.rank) {
            let length = fromEnd < rank ? dimensions[rank - 1 - fromEnd] : 1
            let otherLength =
                fromEnd < other.rank ? other.dimensions[other.rank - 1 - fromEnd] : 1
            guard length == otherLength || length == 1 || otherLength == 1 else { return nil }
            result.append(length == 1 ? otherLength : length)
        }
        return Shape(result.reversed())
    }

    func broadcast(with other: Shape, in operation: String) -> Shape {
        guard let result = broadcast(with: other) else {
            misuse("\(operation): shapes \(self) and \(other) cannot be broadcast together")
        }
        return result
    }

    /// The distance between neighbors on each axis of `target` in a dense array of this shape: 0
    /// where the array is repeated.
    func strides(broadcastTo target: Shape) -> [Int] {
        let missing = [Int](repeating: 0, count: target.rank - rank)
        return missing + zip(dimensions, strides).map { $0 == 1 ? 0 : $1 }
    }
}
