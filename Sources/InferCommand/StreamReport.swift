import Capture
import CommandSupport
import Imaging
import Valence

/// A camera or video for people: a line whenever a face comes, changes its expression, or goes.
struct StreamReport: Report {
    private let showsChanges: Bool
    private var faces: [Int: Shown] = [:]

    /// What the last line about a face says, and when the face was there last.
    private struct Shown {
        var label: String
        var lastSeen: Duration
    }

    /// How long a face is out of sight until that is worth a line.
    private static let patience = Duration.seconds(1)

    /// Creates a report.
    ///
    /// - Parameter showsChanges: Whether there are lines before the end.
    init(showsChanges: Bool) {
        self.showsChanges = showsChanges
    }

    mutating func show(_ reading: FrameReading) throws -> Bool {
        guard showsChanges else { return true }
        let time = reading.frame.time
        var changes: [String] = []
        for face in reading.faces {
            let label = face.expression.label
            if faces[face.identity]?.label != label {
                changes.append(
                    "face \(face.identity)  \(label.padded(to: 9)) \(face.confidence.percent)")
            }
            faces[face.identity] = Shown(label: label, lastSeen: time)
        }
        for (identity, face) in faces.sorted(by: { $0.key < $1.key })
        where time - face.lastSeen > Self.patience {
            changes.append("face \(identity)  is out of sight")
            faces[identity] = nil
        }
        let seconds = Format.decimal(time / .seconds(1), digits: 1).leading(7)
        return try changes.allSatisfy { try Terminal.output("\(seconds) s  \($0)") }
    }

    func finish(_ summary: Summary) throws {
        for line in summary.lines { try Terminal.output(line) }
    }
}
