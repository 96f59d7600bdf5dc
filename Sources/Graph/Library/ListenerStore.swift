public import Foundation

/// Listeners and their feedback: a database beside a library, which outlives new imports.
public final class ListenerStore: Sendable {
    /// Opens the store at a path, or one in memory; the file is created by the first feedback.
    public init(at url: URL?) throws { fatalError("to come") }

    /// What a listener said, in order of time; none of a listener who is not known.
    public func feedback(of listener: String) throws -> [Feedback] { fatalError("to come") }

    /// Notes what a listener said.
    public func add(_ feedback: Feedback, of listener: String) throws { fatalError("to come") }

    /// The names of all listeners.
    public func listeners() throws -> [String] { fatalError("to come") }

    /// Removes a listener and all that is known of them.
    ///
    /// - Returns: Whether there was such a listener.
    @discardableResult
    public func forget(_ listener: String) throws -> Bool { fatalError("to come") }
}
