public import Tensor

extension Sequential {
    /// One line of the summary: a layer and what it costs.
    public struct LayerSummary: Hashable, Sendable {
        /// The kind and a number: `conv2d_1`.
        public var name: String
        /// The shape of one sample of the output.
        public var outputShape: Shape
        /// The number of floats that training changes.
        public var parameters: Int
        /// Multiply-accumulates for one sample.
        public var multiplyAdds: Int
        /// The bytes of one sample of the output.
        public var bytes: Int
    }

    /// What each layer makes and costs, in the order in which they compute.
    public var layerSummaries: [LayerSummary] {
        layers.map { layer in
            LayerSummary(
                name: layer.name, outputShape: layer.plan.output,
                parameters: layer.plan.parameters.reduce(0) { $0 + $1.shape.elementCount },
                multiplyAdds: layer.plan.multiplyAdds,
                bytes: layer.plan.output.elementCount * MemoryLayout<Float>.stride)
        }
    }

    /// A table of all layers with output shape, parameters, multiply-accumulates and bytes of one
    /// sample, and their sums.
    public var summary: String {
        let layers = layerSummaries
        let header = ["Layer", "Output shape", "Parameters", "MACs", "Bytes"]
        let input = ["input", inputShape.description, "", "", ""]
        let rows = layers.map { layer in
            [
                layer.name, layer.outputShape.description, layer.parameters.grouped,
                layer.multiplyAdds.grouped, layer.bytes.grouped,
            ]
        }
        let total = [
            "total", "", parameterCount.grouped, multiplyAdds.grouped,
            layers.reduce(0) { $0 + $1.bytes }.grouped,
        ]
        let table = [header, input] + rows + [total]
        let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let lines = table.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column < 2 ? cell + space : space + cell
            }
            let line = cells.joined(separator: "  ")
            return String(line.prefix(through: line.lastIndex { $0 != " " } ?? line.startIndex))
        }
        let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
        return ([lines[0], rule] + lines[1..<(lines.count - 1)] + [rule, lines[lines.count - 1]])
            .joined(separator: "\n")
    }
}

extension Int {
    /// The number with a comma between thousands.
    fileprivate var grouped: String {
        let digits = String(self)
        return String(
            digits.reversed().enumerated().flatMap { index, digit in
                index > 0 && index % 3 == 0 ? [",", digit] : [digit]
            }.reversed())
    }
}
