import Tensor

/// Rows of text in columns: the first ones are aligned to the left, the others, numbers, to the
/// right.
struct TextTable: CustomStringConvertible {
    private let textColumns: Int
    private let columns: Int
    /// nil is a rule.
    private var rows: [[String]?]

    init(header: [String], textColumns: Int = 1) {
        self.textColumns = textColumns
        columns = header.count
        rows = [header]
    }

    mutating func append(_ row: [String]) {
        require(row.count == columns, "a row of \(row.count) cells for \(columns) columns")
        rows.append(row)
    }

    /// Draws a line below the rows that are there.
    mutating func appendRule() {
        rows.append(nil)
    }

    var description: String {
        let widths = (0..<columns).map { column in
            rows.map { $0?[column].count ?? 0 }.max() ?? 0
        }
        let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (columns - 1))
        return rows.map { row in
            guard let row else { return rule }
            let line = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column < textColumns ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
            return String(line.prefix(through: line.lastIndex { $0 != " " } ?? line.startIndex))
        }.joined(separator: "\n")
    }
}
