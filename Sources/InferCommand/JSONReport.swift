import Capture
import CommandSupport
import Imaging
import Valence

/// A line of JSON for each frame.
struct JSONReport: Report {
    func show(_ reading: FrameReading) throws -> Bool {
        let object: JSONObject = [
            "source": .string(reading.frame.source),
            "frame": .integer(reading.frame.index),
            "time": .number(reading.frame.time.seconds),
            "faces": .array(reading.faces.map(value)),
            "mood": reading.mood.map(Self.value) ?? .null,
        ]
        return try Terminal.output(object.description)
    }

    func finish(_ summary: Summary) {
        summary.note()
    }

    private func value(_ face: TrackedFace) -> JSONValue {
        [
            "box": .array(face.box.pixels.map(JSONValue.integer)),
            "emotion": .string(face.expression.label),
            "confidence": .number(face.confidence),
            "probabilities": Self.probabilities(face.probabilities),
            "face": .integer(face.identity),
        ]
    }

    /// A mood, with its probabilities.
    static func value(_ mood: ExpressionReading) -> JSONValue {
        [
            "emotion": .string(mood.expression.label),
            "confidence": .number(mood.confidence),
            "probabilities": probabilities(mood.probabilities),
        ]
    }

    private static func probabilities(_ values: [Float]) -> JSONValue {
        .object(JSONObject(zip(Expression.names, values.map { .number($0) })))
    }
}
