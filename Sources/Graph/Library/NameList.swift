/// Names in one text, as the catalog keeps the artists, genres and emotions of a song beside its
/// title.
enum NameList {
    /// Unit Separator, which the words of a full text do not go across.
    private static let separator: Character = "\u{1F}"

    /// One text of names.
    static func text(_ names: [String]) -> String {
        names.count == 1 && !names[0].contains(separator)
            ? names[0]
            : names.map { String($0.filter { $0 != separator }) }
                .joined(separator: String(separator))
    }

    /// The names in a text; none in an empty one.
    static func names(in text: String) -> [String] {
        text.split(separator: separator).map(String.init)
    }
}
