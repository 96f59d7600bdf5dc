import Capture
import CommandSupport
import Imaging
import Valence

/// The live view in a terminal: speed, mood, and bars of what the largest face shows.
struct LiveDisplay {
    private let view = LiveView()

    /// Shows a frame in the place of the one before.
    func show(_ reading: FrameReading, framesPerSecond: Double) {
        view.update(Self.lines(reading, framesPerSecond: framesPerSecond))
    }

    /// Removes the view, so that other lines can follow.
    func clear() {
        view.clear()
    }

    /// The lines of the view.
    static func lines(_ reading: FrameReading, framesPerSecond: Double) -> [String] {
        func milliseconds(_ time: Duration) -> String {
            Format.decimal(time / .milliseconds(1), digits: 1) + " ms"
        }
        let frame = reading.frame
        var lines = [
            "\(frame.source)  \(frame.image.width)x\(frame.image.height)  "
                + "\(Format.time(frame.time))  \(Format.decimal(framesPerSecond, digits: 1)) "
                + "frames/s  (find faces \(milliseconds(reading.detectionTime)), read them "
                + "\(milliseconds(reading.classificationTime)))"
        ]
        lines.append(
            "mood: " + (reading.mood.map { "\($0.expression.label) \($0.confidence.percent)" } ?? "-"))
        let faces = reading.faces.sorted { $0.box.area > $1.box.area }
        guard let largest = faces.first else { return lines + ["no face"] }
        lines.append(title(largest))
        lines += Expression.allCases.map { expression in
            let probability = largest.probabilities[expression.rawValue]
            return "  \(expression.name.padded(to: 9)) \(Format.bar(Double(probability), width: 30))"
                + " \(probability.percent.leading(5))"
        }
        return lines + faces.dropFirst().prefix(4).map(title)
    }

    private static func title(_ face: TrackedFace) -> String {
        "face \(face.identity): \(face.expression.label) \(face.confidence.percent)"
    }
}
