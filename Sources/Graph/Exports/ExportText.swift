/// Text on its way to a file, as UTF-8.
struct ExportText {
    /// What has been written since the text was last emptied.
    private(set) var bytes: [UInt8] = []

    /// Whether it is time to pass on what was written.
    var isLong: Bool { bytes.count > 1 << 16 }

    /// Removes what was written.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends a text as it is.
    mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends another text.
    mutating func write(_ other: ExportText) { bytes.append(contentsOf: other.bytes) }

    /// Appends the value of an XML attribute or the text of an element.
    ///
    /// XML 1.0 cannot say control characters: each becomes its picture (U+2400 and on), and the two
    /// code points that are no characters U+FFFD. Line breaks stay what they are.
    mutating func writeXML(_ text: String) {
        var start = bytes.count
        bytes.append(contentsOf: text.utf8)
        // Most texts have nothing to escape.
        guard bytes[start...].contains(where: Self.isSpecialInXML) else { return }
        let raw = Array(bytes[start...])
        bytes.removeSubrange(start...)
        start = 0
        while start < raw.count {
            switch raw[start] {
            case UInt8(ascii: "&"): write("&amp;")
            case UInt8(ascii: "<"): write("&lt;")
            case UInt8(ascii: ">"): write("&gt;")
            case UInt8(ascii: "\""): write("&quot;")
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                write("&#\(raw[start]);")
            case 0..<0x20: bytes += [0xE2, 0x90, 0x80 + raw[start]]
            case 0xEF where raw[start + 1] == 0xBF && raw[start + 2] >= 0xBE:
                write("\u{FFFD}")
                start += 2
            default: bytes.append(raw[start])
            }
            start += 1
        }
    }

    private static func isSpecialInXML(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            0..<0x20, 0xEF:
            true
        default: false
        }
    }

    /// Appends a text in quotes, as JSON and Turtle both read it.
    mutating func writeQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): write("\\n")
            case UInt8(ascii: "\r"): write("\\r")
            case UInt8(ascii: "\t"): write("\\t")
            case 0..<0x20, 0x7F:
                write("\\u00")
                bytes += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends what an IRI may hold, all else as the percentages of its bytes.
    mutating func writeIRIPart(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [
                    UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)],
                ]
            }
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
