/// Something that the knowledge graph cannot answer, in a sentence or two.
public struct KnowledgeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it is, and how to mend it.
    public let description: String

    init(_ description: String) { self.description = description }
}
