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
        let frame = reading.frame
        let size = "\(frame.image.width)x\(frame.image.height)"
        let speed = "\(Format.decimal(framesPerSecond, digits: 1)) frames/s"
        let times = """
            find faces \(milliseconds(reading.detectionTime)), \
            read them \(milliseconds(reading.classificationTime))
            """
        let mood = reading.mood.map { "\($0.expression.label) \($0.confidence.percent)" }
        let head = [
            "\(frame.source)  \(size)  \(Format.time(frame.time))  \(speed)  (\(times))",
            "mood: \(mood ?? "none yet")",
        ]
        let faces = reading.faces.sorted { $0.box.area > $1.box.area }
        guard let largest = faces.first else { return head + ["no face"] }
        return head + [title(largest)] + bars(largest) + faces.dropFirst().prefix(4).map(title)
    }

    private static func bars(_ face: TrackedFace) -> [String] {
        zip(Expression.names, face.probabilities).map { name, probability in
            let bar = Format.bar(Double(probability), width: 30)
            return "  \(name.padded(to: 9)) \(bar) \(probability.percent.leading(5))"
        }
    }

    private static func milliseconds(_ time: Duration) -> String {
        Format.decimal(time / .milliseconds(1), digits: 1) + " ms"
    }

    private static func title(_ face: TrackedFace) -> String {
        "face \(face.identity): \(face.expression.label) \(face.confidence.percent)"
    }
}
