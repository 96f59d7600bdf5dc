/// Something that a command cannot do, in one sentence.
public struct CommandError: Error, Hashable, CustomStringConvertible {
    /// What it is, and how to mend it.
    public let description: String

    /// Creates an error.
    public init(_ description: String) {
        self.description = description
    }
}
