import Synchronization

/// Lines on standard error that are drawn over themselves while a command works.
///
/// They are drawn a few times a second, each cut to the width of the terminal. Whatever else is
/// printed in the meantime must follow a `clear()`.
public final class LiveView: Sendable {
    private let state = Mutex(State())

    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var lineCount = 0
    }

    /// Creates a view without lines.
    public init() {}

    /// Shows lines in the place of those before.
    ///
    /// - Parameter lines: What to show; only evaluated when it is drawn.
    public func update(_ lines: @autoclosure () -> [String]) {
        let now = ContinuousClock.now
        state.withLock { state in
            if let last = state.lastDrawn, now - last < .milliseconds(66) { return }
            state.lastDrawn = now
            draw(lines(), in: &state)
        }
    }

    /// Removes the lines; the next update draws them anew.
    public func clear() {
        state.withLock { state in
            draw([], in: &state)
            state.lastDrawn = nil
        }
    }

    private func draw(_ lines: [String], in state: inout State) {
        guard state.lineCount > 0 || !lines.isEmpty else { return }
        Terminal.draw(Self.frame(lines, over: state.lineCount, width: Terminal.width))
        state.lineCount = lines.count
    }

    /// The text that draws lines over `count` others, below which the cursor stands.
    static func frame(_ lines: [String], over count: Int, width: Int) -> String {
        // A terminal may wrap when its last column is filled.
        let room = max(width - 1, 0)
        let shown = lines.map { String($0.prefix(room)) + eraseToEndOfLine + "\n" }
        return (count > 0 ? "\r\u{1B}[\(count)A" : "") + shown.joined() + eraseBelow
    }

    private static let eraseToEndOfLine = "\u{1B}[K"
    private static let eraseBelow = "\u{1B}[J"
}
