import Tensor

/// Rows of text in columns: the first is aligned to the left, the others, numbers, to the right.
struct TextTable: CustomStringConvertible {
    private var rows: [[String]]

    init(header: [String]) {
        rows = [header]
    }

    mutating func append(_ row: [String]) {
        require(
            row.count == rows[0].count, "a row of \(row.count) cells for \(rows[0].count) columns")
        rows.append(row)
    }

    var description: String {
        let widths = rows[0].indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
