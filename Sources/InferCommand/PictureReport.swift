import Capture
import CommandSupport
import Imaging
import Valence

/// Pictures for people: a line for each, and one for each of its faces.
struct PictureReport: Report {
    func show(_ reading: FrameReading) throws -> Bool {
        let image = reading.frame.image
        let faces = reading.faces.count
        let count = faces == 0 ? "no face" : faces == 1 ? "1 face" : "\(faces) faces"
        var lines = ["\(reading.frame.source)  \(image.width)x\(image.height)  \(count)"]
        lines += reading.faces.map { face in
            let box = face.box.pixels
            let label = face.expression.label.padded(to: 9)
            return "  \(label) \(face.confidence.percent.leading(5))  \(box[2])x\(box[3]) "
                + "at \(box[0]),\(box[1])  (\(others(of: face)))"
        }
        return try Terminal.output(lines.joined(separator: "\n"))
    }

    func finish(_ summary: Summary) throws {
        guard summary.frames > 1 else { return }
        for line in [""] + summary.lines { try Terminal.output(line) }
    }

    /// What else the face may show: the next likeliest expressions.
    private func others(of face: TrackedFace) -> String {
        Expression.allCases.filter { $0 != face.expression }
            .sorted { face.probabilities[$0.rawValue] > face.probabilities[$1.rawValue] }
            .prefix(face.expression == nil ? 3 : 2)
            .map { "\($0.name) \(face.probabilities[$0.rawValue].percent)" }
            .joined(separator: ", ")
    }
}

extension Float {
    /// A probability in whole percent: `87 %`.
    var percent: String { Format.percent(Double(self), digits: 0) }
}
