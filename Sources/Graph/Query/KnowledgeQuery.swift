/// A question to the knowledge graph: patterns with variables, all of which an answer fulfills.
///
/// A pattern is a sentence of three words, subject, relation and object. Each end is a variable, which
/// begins with a question mark, or a name; a name of several words stands in quotes unless it comes
/// last. Patterns that share a variable speak of the same thing:
///
/// ```
/// ?song by ?artist
/// ?artist near "Nina Simone"
/// ?song in happy
/// ?song from 1990s
/// ```
///
/// | relation | from | to |
/// |---|---|---|
/// | similar | song | song |
/// | by | song | artist |
/// | near | artist | artist |
/// | of | song | genre |
/// | from | song | decade: `1990s` |
/// | in | song | region: happy, angry, sad or calm |
/// | key | song | key and mode: `F# minor` |
/// | labeled | song | emotion that the list gives |
///
/// Names match in any case. A song is named by its id, or by a title that only one song has.
public struct KnowledgeQuery: Hashable, Sendable {
    /// One end of a pattern.
    public enum Term: Hashable, Sendable {
        /// Anything, the same wherever the variable stands.
        case variable(String)
        /// What has the name.
        case name(String)
    }

    /// One sentence.
    public struct Pattern: Hashable, Sendable {
        /// What stands before the relation.
        public var subject: Term
        /// How they are related.
        public var relation: KnowledgeRelation
        /// What stands behind it.
        public var object: Term
        /// The text that it was read from, for messages.
        public var text: String
    }

    /// The sentences, in the order given.
    public let patterns: [Pattern]
    /// The names of the variables in the order of their first appearance, without question marks.
    public let variables: [String]
    /// The kind of thing that each variable stands for.
    let kinds: [String: KnowledgeNode.Kind]

    /// Reads patterns.
    ///
    /// - Throws: `KnowledgeError` that names the pattern which cannot be read, or where a variable
    ///   would have to be two kinds of thing.
    public init(_ patterns: [String]) throws(KnowledgeError) {
        guard !patterns.isEmpty else {
            throw KnowledgeError("A query has at least one pattern, such as '?song in happy'.")
        }
        var read: [Pattern] = []
        var variables: [String] = []
        var kinds: [String: (kind: KnowledgeNode.Kind, text: String)] = [:]
        for text in patterns {
            let pattern = try Pattern(text)
            let ends = [
                (pattern.subject, pattern.relation.subjectKind),
                (pattern.object, pattern.relation.objectKind),
            ]
            for case (.variable(let name), let kind) in ends {
                if let before = kinds[name] {
                    guard before.kind == kind else {
                        throw KnowledgeError(
                            "?\(name) is \(before.kind.withArticle) in '\(before.text)', but "
                                + "\(kind.withArticle) in '\(text)'.")
                    }
                } else {
                    kinds[name] = (kind, text)
                    variables.append(name)
                }
            }
            read.append(pattern)
        }
        self.patterns = read
        self.variables = variables
        self.kinds = kinds.mapValues(\.kind)
    }
}
