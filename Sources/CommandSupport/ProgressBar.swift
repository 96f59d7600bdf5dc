/// A bar that fills up on standard error while a command works.
///
/// It is drawn only on a terminal, a few times a second, on one line that fits the width of the
/// terminal; in a file or a pipe it leaves nothing. Lines that are printed in the meantime must
/// follow a `clear()`.
public final class ProgressBar {
    private let title: String
    private let total: Int
    private let completedBefore: Int
    private let isLive: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastDrawn: ContinuousClock.Instant?

    /// Starts a bar, and the clock of its time left.
    ///
    /// - Parameters:
    ///   - title: What is done: `epoch 3/30`.
    ///   - total: The number of items to do.
    ///   - completedBefore: The number of items that were finished when the clock started.
    ///   - isLive: Whether the bar is drawn; by default, where standard error is a terminal.
    public init(
        _ title: String, total: Int, completedBefore: Int = 0,
        isLive: Bool = Terminal.isInteractive
    ) {
        self.title = title
        self.total = total
        self.completedBefore = completedBefore
        self.isLive = isLive
        start = clock.now
    }

    /// Shows how far the work is.
    ///
    /// - Parameters:
    ///   - completed: The number of finished items.
    ///   - details: What stands before the time left, such as loss and accuracy; only evaluated
    ///     when the bar is drawn.
    public func update(completed: Int, details: @autoclosure () -> String = "") {
        guard isLive else { return }
        let now = clock.now
        if let lastDrawn, now - lastDrawn < .milliseconds(100), completed < total { return }
        lastDrawn = now
        let line = ProgressLine(
            title: title, completed: completed, total: total,
            completedBefore: completedBefore, details: details(),
            elapsed: start.duration(to: now))
        Terminal.draw("\r" + line.text(width: Terminal.width) + Self.eraseToEnd)
    }

    /// Removes the bar; the next update draws it anew.
    public func clear() {
        guard isLive, lastDrawn != nil else { return }
        lastDrawn = nil
        Terminal.draw("\r" + Self.eraseToEnd)
    }

    private static let eraseToEnd = "\u{1B}[K"
}
