/// What fulfills a query.
public struct KnowledgeAnswers: Sendable {
    /// The variables that were asked for, without question marks.
    public let variables: [String]
    /// Each answer: a node for each variable.
    public internal(set) var rows: [[KnowledgeNode]] = []
    /// Why there may be more answers than these.
    public internal(set) var end = End.complete

    /// Why no further answer was looked for.
    public enum End: String, Sendable {
        /// These are all.
        case complete
        /// There are as many as were wanted, and at least one more.
        case limit
        /// Too much had to be looked at.
        case effort
    }
}

extension KnowledgeGraph {
    /// Looks for what fulfills a query.
    ///
    /// The walk begins at the pattern with the fewest matches and goes on with what the known nodes
    /// leave open. Answers come in the order of the walk, the same each time: the nearest artists and
    /// the most similar songs first, songs otherwise by their rows. Nothing but the answers is kept.
    ///
    /// - Parameters:
    ///   - query: The patterns.
    ///   - variables: Which variables to answer with, each combination once; nil for all of them.
    ///   - limit: The most answers.
    ///   - effort: How many nodes may be looked at; ten million take seconds.
    /// - Returns: The answers, and whether there may be more.
    /// - Throws: `KnowledgeError` if there is no such name, or no variable or similarity graph.
    public func answers(
        to query: KnowledgeQuery, selecting variables: [String]? = nil, limit: Int = 20,
        effort: Int = 10_000_000
    ) throws -> KnowledgeAnswers {
        let selected = variables ?? query.variables
        for name in selected where query.kinds[name] == nil {
            let known = query.variables.map { "?\($0)" }.joined(separator: ", ")
            throw KnowledgeError("No pattern has the variable ?\(name); there are \(known).")
        }
        let plan = try QueryPlan(query, in: self)
        var walk = QueryWalk(
            plan, in: self, selecting: selected.compactMap(query.variables.firstIndex),
            limit: limit, effort: effort)
        return try walk.run(answering: selected)
    }
}
