/// One row of comma-separated values to be written, as RFC 4180 describes them.
public struct CSVRow: Hashable, Sendable {
    /// The fields, in quotes where they hold what would end them, without a line end.
    public let text: String

    /// A row of fields.
    public init(_ fields: [String]) {
        text = fields.map(Self.quoted).joined(separator: ",")
    }

    private static func quoted(_ field: String) -> String {
        // Looks at bytes: a carriage return and a line feed are one character.
        guard field.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
