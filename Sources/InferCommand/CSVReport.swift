import Capture
import CommandSupport
import Imaging
import Valence

/// A table with a row for each face; frames without faces have none.
struct CSVReport: Report {
    /// Prints the names of the columns.
    init() throws {
        let columns = ["source", "frame", "time", "face", "x", "y", "width", "height", "emotion"]
        try print(columns + ["confidence"] + Expression.names)
    }

    func show(_ reading: FrameReading) throws -> Bool {
        let seconds = reading.frame.time.seconds
        for face in reading.faces {
            let place = ["\(reading.frame.index)", "\(seconds)", "\(face.identity)"]
            let box = face.box.pixels.map(String.init)
            let emotion = [face.expression.label, "\(face.confidence)"]
            let probabilities = face.probabilities.map(\.description)
            let hasReader = try print(
                [reading.frame.source] + place + box + emotion + probabilities)
            guard hasReader else { return false }
        }
        return true
    }

    func finish(_ summary: Summary) {
        summary.note()
    }

    @discardableResult
    private func print(_ fields: [String]) throws -> Bool {
        try Terminal.output(fields.map(Self.quoted).joined(separator: ","))
    }

    /// A field as RFC 4180 has it: in quotes, where it holds what would end it.
    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\r\n".contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
