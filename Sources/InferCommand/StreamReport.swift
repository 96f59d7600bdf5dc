import Capture
import CommandSupport
import Imaging
import Valence

/// A camera or video for people: a line whenever a face comes, changes its expression, or goes.
struct StreamReport: Report {
    private let showsChanges: Bool
    private var shown: [Int: String] = [:]

    /// Creates a report.
    ///
    /// - Parameter showsChanges: Whether there are lines before the end.
    init(showsChanges: Bool) {
        self.showsChanges = showsChanges
    }

    mutating func show(_ reading: FrameReading) throws -> Bool {
        guard showsChanges else { return true }
        var current: [Int: String] = [:]
        var changes: [String] = []
        for face in reading.faces {
            let label = face.expression.label
            current[face.identity] = label
            if shown[face.identity] != label {
                changes.append(
                    "face \(face.identity)  \(label.padded(to: 9)) \(face.confidence.percent)")
            }
        }
        for identity in shown.keys.sorted() where current[identity] == nil {
            changes.append("face \(identity)  is out of sight")
        }
        shown = current
        let time = Format.decimal(reading.frame.time / .seconds(1), digits: 1).leading(7)
        return try changes.allSatisfy { try Terminal.output("\(time) s  \($0)") }
    }

    func finish(_ summary: Summary) throws {
        for line in summary.lines { try Terminal.output(line) }
    }
}
