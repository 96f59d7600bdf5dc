/// The text of a tensor in brackets, laid out as NumPy does it: aligned columns, lines of at most 75
/// characters, and `...` for the middle of long axes in tensors of more than 1000 elements.
struct TensorText {
    private static let lineWidth = 75
    private static let threshold = 1000
    /// How many positions are printed at either end of a long axis.
    private static let edge = 3

    /// Whether parts are left out.
    let isSummary: Bool

    private let tensor: Tensor
    private let strides: [Int]
    private let separator: String
    private let lineWidth: Int
    private let prefixWidth: Int
    private var column = NumberColumn([])

    /// Creates the text.
    ///
    /// - Parameters:
    ///   - tensor: The tensor; it has an axis.
    ///   - separator: What stands between elements.
    ///   - prefixWidth: How many characters stand in front of the text on its first line.
    ///   - suffixWidth: How many characters follow on its last line.
    init(_ tensor: Tensor, separator: String, prefixWidth: Int = 0, suffixWidth: Int = 0) {
        self.tensor = tensor
        self.separator = separator
        self.prefixWidth = prefixWidth
        strides = tensor.shape.strides
        lineWidth = TensorText.lineWidth - suffixWidth
        isSummary = tensor.count > TensorText.threshold
        column = NumberColumn(shownElements())
    }

    /// The whole text.
    var text: String {
        if tensor.count == 0 { return "[]" }
        return tensor.withUnsafeElements {
            text(axis: 0, offset: 0, indent: String(repeating: " ", count: prefixWidth + 1), $0)
        }
    }

    private func text(
        axis: Int, offset: Int, indent: String, _ elements: UnsafeBufferPointer<Float>
    ) -> String {
        let axesInside = tensor.rank - 1 - axis
        let items = shownPositions(axis).map { position in
            guard let position else { return "..." }
            let start = offset + position * strides[axis]
            return axesInside == 0
                ? column.text(of: elements[start])
                : text(axis: axis + 1, offset: start, indent: indent + " ", elements)
        }
        if axesInside == 0 {
            return "[" + wrapped(items, indent: indent) + "]"
        }
        let separator =
            separator.droppingLast { $0 == " " } + String(repeating: "\n", count: axesInside)
            + indent
        return "[" + items.joined(separator: separator) + "]"
    }

    /// Joins the words of a row, with a new line where the next word would not fit.
    private func wrapped(_ words: [String], indent: String) -> String {
        // A closing bracket for each axis has to fit as well.
        let width = lineWidth - tensor.rank
        var finished = ""
        var line = indent
        for (index, word) in words.enumerated() {
            if line.count + word.count > width, line.count > indent.count {
                finished += line.droppingLast { $0 == " " } + "\n"
                line = indent
            }
            line += word
            if index < words.count - 1 { line += separator }
        }
        return String((finished + line).dropFirst(indent.count))
    }

    /// The positions on an axis that are printed; `nil` stands for those that are left out.
    private func shownPositions(_ axis: Int) -> [Int?] {
        let length = tensor.shape[axis]
        guard isSummary, length > 2 * TensorText.edge else { return Array(0..<length) }
        return Array(0..<TensorText.edge) + [nil] + Array(length - TensorText.edge..<length)
    }

    private func shownElements() -> [Float] {
        if tensor.count == 0 { return [] }
        var offsets = [0]
        for axis in tensor.shape.indices {
            let positions = shownPositions(axis).compactMap { $0 }
            offsets = offsets.flatMap { offset in positions.map { offset + $0 * strides[axis] } }
        }
        return tensor.withUnsafeElements { elements in offsets.map { elements[$0] } }
    }
}
