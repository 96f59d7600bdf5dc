import Foundation
import Imaging

/// Writes a sheet as SVG 1.1, with the fonts of the system.
struct SVGEncoder {
    private var text = ExportText()

    /// The text of a file.
    static func encode(_ sheet: Sheet, title: String) -> [UInt8] {
        var encoder = SVGEncoder()
        encoder.write(sheet, title: title)
        return encoder.text.bytes
    }

    private mutating func write(_ sheet: Sheet, title: String) {
        let (width, height) = (number(sheet.width), number(sheet.height))
        text.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" font-family="system-ui, -apple-system, 'Segoe UI', \
            'Noto Sans', 'Helvetica Neue', Arial, sans-serif">
            <title>
            """)
        text.writeXML(title)
        text.write("</title>\n<rect width=\"100%\" height=\"100%\"\(fill(sheet.background))/>\n")
        for mark in sheet.marks { write(mark) }
        text.write("</svg>\n")
    }

    private mutating func write(_ mark: Mark) {
        switch mark {
        case .line(let from, let to, let color, let width, let isDashed):
            text.write(
                "<line x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\""
                    + " y2=\"\(number(to.y))\"\(stroke(color, width)) stroke-linecap=\"round\""
                    + (isDashed ? " stroke-dasharray=\"1 5\"" : "") + "/>\n")
        case .circle(let center, let radius, let color, let outline):
            text.write(
                "<circle cx=\"\(number(center.x))\" cy=\"\(number(center.y))\""
                    + " r=\"\(number(radius))\"\(fill(color))\(stroke(outline))/>\n")
        case .polygon(let points, let color, let outline):
            let path = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
            text.write(
                "<polygon points=\"\(path)\"\(fill(color))\(stroke(outline))"
                    + " stroke-linejoin=\"round\"/>\n")
        case .text(let words, let point, let lettering):
            write(words, at: point, lettering)
        case .group(let marks, let explanation, let link):
            if let link {
                text.write("<a href=\"")
                text.writeXML(link)
                text.write("\" target=\"_blank\">")
            }
            text.write("<g><title>")
            text.writeXML(explanation)
            text.write("</title>\n")
            for mark in marks { write(mark) }
            text.write(link == nil ? "</g>\n" : "</g></a>\n")
        }
    }

    private mutating func write(_ words: String, at point: Point, _ lettering: Mark.Lettering) {
        let anchor =
            switch lettering.alignment {
            case .leading: ""
            case .center: " text-anchor=\"middle\""
            case .trailing: " text-anchor=\"end\""
            }
        let halo = lettering.halo.map {
            "\(stroke($0, lettering.size / 4)) stroke-linejoin=\"round\" paint-order=\"stroke\""
        }
        text.write(
            "<text x=\"\(number(point.x))\" y=\"\(number(point.y))\""
                + " font-size=\"\(number(lettering.size))\"\(anchor)\(fill(lettering.color))"
                + (lettering.isBold ? " font-weight=\"600\"" : "") + (halo ?? "") + ">")
        text.writeXML(words)
        text.write("</text>\n")
    }

    private func fill(_ color: Color) -> String {
        " fill=\"\(hex(color))\"" + opacity(color, "fill-opacity")
    }

    private func stroke(_ color: Color, _ width: Double) -> String {
        " stroke=\"\(hex(color))\" stroke-width=\"\(number(width))\""
            + opacity(color, "stroke-opacity")
    }

    private func stroke(_ outline: Mark.Outline?) -> String {
        outline.map { stroke($0.color, $0.width) } ?? ""
    }

    private func opacity(_ color: Color, _ name: String) -> String {
        color.opacity < 1 ? " \(name)=\"\(number(color.opacity))\"" : ""
    }

    private func hex(_ color: Color) -> String {
        String(format: "#%02x%02x%02x", Int(color.red), Int(color.green), Int(color.blue))
    }

    private func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
