import Foundation
import Imaging

extension Figure {
    /// The figure as a document of Scalable Vector Graphics, which any browser shows.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public var svg: String {
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" \
            font-family="Helvetica, Arial, 'Liberation Sans', sans-serif" \
            stroke-linecap="round" stroke-linejoin="round">
            <title>\(title.escapedForXML)</title>

            """
        return head + elements.map { $0.svg + "\n" }.joined() + "</svg>\n"
    }
}

extension Figure.Element {
    fileprivate var svg: String {
        switch self {
        case .rectangle(let rectangle, let color):
            "<rect \(rectangle.svg) \(color.svg("fill"))/>"
        case .frame(let rectangle, let color, let width):
            "<rect \(rectangle.svg) fill=\"none\" \(color.svg("stroke", width: width))/>"
        case .line(let points, let color, let width, let dash):
            "<polyline points=\"\(points.map { "\($0.x.short),\($0.y.short)" }.joined(separator: " "))\""
                + " fill=\"none\" \(color.svg("stroke", width: width))"
                + (dash.map { " stroke-dasharray=\"\($0.short)\"" } ?? "") + "/>"
        case .dot(let center, let radius, let color):
            "<circle \(center.svg("c")) r=\"\(radius.short)\" \(color.svg("fill"))/>"
        case .ring(let center, let radius, let color, let width):
            "<circle \(center.svg("c")) r=\"\(radius.short)\" fill=\"none\""
                + " \(color.svg("stroke", width: width))/>"
        case .text(let text, let place, let style):
            "<text \(place.svg()) \(style.svg(at: place))>\(text.escapedForXML)</text>"
        }
    }
}

extension Rectangle {
    fileprivate var svg: String {
        "x=\"\(x.short)\" y=\"\(y.short)\" width=\"\(width.short)\" height=\"\(height.short)\""
    }
}

extension Point {
    fileprivate func svg(_ prefix: String = "") -> String {
        "\(prefix)x=\"\(x.short)\" \(prefix)y=\"\(y.short)\""
    }
}

extension Color {
    fileprivate func svg(_ attribute: String, width: Double? = nil) -> String {
        let hex = String(format: "#%02x%02x%02x", red, green, blue)
        return "\(attribute)=\"\(hex)\""
            + (opacity < 1 ? " \(attribute)-opacity=\"\(opacity.short)\"" : "")
            + (width.map { " \(attribute)-width=\"\($0.short)\"" } ?? "")
    }
}

extension TextStyle {
    /// Helvetica's capitals have .72 of its size, those of `Canvas` .7 of theirs.
    fileprivate func svg(at place: Point) -> String {
        let anchor =
            switch alignment {
            case .leading: ""
            case .center: " text-anchor=\"middle\""
            case .trailing: " text-anchor=\"end\""
            }
        let turn = "rotate(\(angle.short) \(place.x.short) \(place.y.short))"
        return "font-size=\"\((size * 0.97).short)\" \(color.svg("fill"))" + anchor
            + (weight == .bold ? " font-weight=\"bold\"" : "")
            + (angle == 0 ? "" : " transform=\"\(turn)\"")
    }
}

extension Double {
    /// The number with at most two digits after the point: a hundredth of a pixel is not visible.
    fileprivate var short: String {
        let hundredths = (self * 100).rounded() / 100
        return hundredths == hundredths.rounded() && abs(hundredths) < 1e9
            ? String(Int(hundredths)) : String(hundredths)
    }
}

extension String {
    /// The text as XML has it; control characters, which XML does not allow, become spaces.
    fileprivate var escapedForXML: String {
        reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _ where character.unicodeScalars.allSatisfy { $0.value < 32 }: result += " "
            default: result.append(character)
            }
        }
    }
}
