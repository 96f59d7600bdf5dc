import Capture
import CommandSupport
import Foundation
import Imaging
import Valence

/// What a run was like in all.
struct Summary {
    private let isStream: Bool
    private let start = ContinuousClock.now
    /// How many frames were read.
    private(set) var frames = 0
    private var framesWithFaces = 0
    private var last: FrameReading?
    /// How long faces showed an expression, in seconds; of pictures, how many faces did.
    private var amounts: [Imaging.Expression?: Double] = [:]

    /// Starts the clock.
    init(isStream: Bool) {
        self.isStream = isStream
    }

    /// Counts a frame.
    mutating func add(_ reading: FrameReading) {
        frames += 1
        framesWithFaces += reading.faces.isEmpty ? 0 : 1
        if isStream {
            // What a face shows, it shows until the next frame.
            let seconds = last.map { (reading.frame.time - $0.frame.time) / .seconds(1) } ?? 0
            for face in last?.faces ?? [] { amounts[face.expression, default: 0] += seconds }
        } else {
            for face in reading.faces { amounts[face.expression, default: 0] += 1 }
        }
        last = reading
        last?.frame.image = Image(width: 0, height: 0)
    }

    /// The lines to print at the end.
    var lines: [String] {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = Format.decimal(Double(frames) / max(seconds, 1e-9), digits: 1)
        let what = isStream ? "frame" : "picture"
        var lines = [
            "\(counted(frames, what)) in \(Format.decimal(seconds, digits: 1)) s, "
                + "\(rate) \(what)s/s; faces in \(Format.count(framesWithFaces))"
        ]
        let total = max(amounts.values.reduce(0, +), 1e-9)
        for (expression, amount) in amounts.sorted(by: { $0.value > $1.value }) {
            let share = amount / total
            let value =
                isStream
                ? Format.decimal(amount, digits: 1) + " s" : counted(Int(amount), "face")
            lines.append(
                "  \(expression.label.padded(to: 9)) \(value.leading(10))  "
                    + "\(Format.percent(share, digits: 0).leading(5))  "
                    + Format.bar(share, width: 20))
        }
        if isStream, let mood = last?.mood {
            lines.append("mood: \(mood.expression.label) \(mood.confidence.percent)")
        }
        return lines
    }

    /// Prints the lines beside the results; one picture has no need of them.
    func note() {
        if isStream || frames > 1 { lines.forEach(Terminal.note) }
    }

    private func counted(_ count: Int, _ noun: String) -> String {
        "\(Format.count(count)) \(noun)" + (count == 1 ? "" : "s")
    }
}
