import Imaging

/// Titles and names as a drawing shows them.
enum LabelText {
    /// A title without what stands behind a dash or in parentheses, if it is long, and then cut.
    static func shortened(_ title: String, to limit: Int = 24) -> String {
        var short = String(title.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        for separator in [" - ", " (", " [", " / ", "; "] where short.count > limit {
            if let range = short.firstRange(of: separator), range.lowerBound > short.startIndex {
                short = String(short[..<range.lowerBound])
            }
        }
        guard short.count > limit else { return short }
        let cut = short.prefix(limit - 1)
        return cut.reversed().drop(while: \.isWhitespace).reversed().map(String.init).joined()
            + "…"
    }

    /// The width that a text takes at most, in the font of `Canvas` or a sans-serif of the system.
    static func width(of text: String, _ lettering: Mark.Lettering) -> Double {
        let ems = text.reduce(0) { $0 + emWidth(of: $1) }
        return max(
            lettering.style().width(of: text), ems * lettering.size * (lettering.isBold ? 1.06 : 1))
    }

    /// The width of a letter in a sans-serif font, in units of the font's size.
    private static func emWidth(of letter: Character) -> Double {
        switch letter {
        case "i", "j", "l", "I", ".", ",", "'", "!", "|", ":", ";", " ", "f", "t", "r", "(", ")":
            0.32
        case "m", "w", "M", "W", "@", "%": 0.87
        case "A"..."Z": 0.68
        case "a"..."z", "0"..."9": 0.56
        default: letter.unicodeScalars.contains { $0.value > 0x2E7F } ? 1 : 0.62
        }
    }
}
