/// The patterns of a query, with names looked up, in the order in which a walk fulfills them.
struct QueryPlan {
    /// One end of a pattern.
    enum Term {
        /// A variable by its number.
        case variable(Int)
        /// What a name stands for.
        case node(KnowledgeNode)
    }

    struct Step {
        let subject: Term
        let relation: KnowledgeRelation
        let object: Term
    }

    /// The patterns, in the order of the walk.
    private(set) var steps: [Step] = []
    /// The number of variables.
    let variableCount: Int

    /// Looks up the names, and puts the patterns in order: next is always the one with the fewest
    /// expected matches, given what the patterns before it make known.
    init(_ query: KnowledgeQuery, in knowledge: KnowledgeGraph) throws {
        variableCount = query.variables.count
        var remaining = try query.patterns.map { pattern in
            func term(_ term: KnowledgeQuery.Term, _ kind: KnowledgeNode.Kind) throws -> Term {
                switch term {
                case .variable(let name): .variable(query.variables.firstIndex(of: name) ?? 0)
                case .name(let name): .node(try knowledge.node(kind, named: name))
                }
            }
            do {
                return Step(
                    subject: try term(pattern.subject, pattern.relation.subjectKind),
                    relation: pattern.relation,
                    object: try term(pattern.object, pattern.relation.objectKind))
            } catch let error as KnowledgeError {
                throw KnowledgeError("In '\(pattern.text)': \(error)")
            }
        }
        let sizes = try RelationSizes(knowledge)
        let alone = try remaining.map { try sizes.matches(of: $0) }
        var counts = alone
        var known: Set<Int> = []
        while !remaining.isEmpty {
            let expected = remaining.indices.map { index in
                sizes.matches(of: remaining[index], alone: counts[index], knowing: known)
            }
            // The first of equals: the order of the patterns decides.
            let next = expected.indices.min { expected[$0] < expected[$1] } ?? 0
            let step = remaining.remove(at: next)
            counts.remove(at: next)
            for case .variable(let number) in [step.subject, step.object] { known.insert(number) }
            steps.append(step)
        }
    }
}

/// How many matches patterns have: exact where that is cheap to know, else by rules of thumb.
private struct RelationSizes {
    private let knowledge: KnowledgeGraph
    private let songs: Double
    private let artists: Double
    private let genres: Double
    /// Neighbors of a song.
    private let degree: Double
    /// Artists near an artist.
    private let nearArtists: Double

    init(_ knowledge: KnowledgeGraph) throws {
        self.knowledge = knowledge
        songs = Double(max(knowledge.library.count, 1))
        artists = Double(max(try knowledge.catalog.count(of: .artist), 1))
        genres = Double(max(try knowledge.catalog.count(of: .genre), 1))
        degree = 2 * Double(knowledge.library.graph?.edgeCount ?? 0) / songs
        nearArtists = min(artists, degree * max(songs / artists, 1))
    }

    /// The matches of a pattern of which nothing but its names is known.
    func matches(of step: QueryPlan.Step) throws -> Double {
        switch (step.subject, step.object) {
        case (.node, .node): return 0
        case (.node(.song(let row)), _) where step.relation == .similar:
            return Double(knowledge.library.graph?.neighbors(of: row).count ?? 0)
        case (.node, .variable): return objectsPerSubject(step.relation)
        case (.variable, .node(let object)):
            switch object {
            case .artist(let name) where step.relation == .by:
                return Double(try knowledge.catalog.songCount(of: .artist, name))
            case .genre(let name):
                return Double(try knowledge.catalog.songCount(of: .genre, name))
            case .emotion(let name):
                return Double(try knowledge.catalog.songCount(of: .emotion, name))
            default: return subjectsPerObject(step.relation)
            }
        case (.variable, .variable):
            let subjects = step.relation == .near ? artists : songs
            return subjects * objectsPerSubject(step.relation)
        }
    }

    /// The matches for each combination of the variables that are known.
    func matches(of step: QueryPlan.Step, alone: Double, knowing known: Set<Int>) -> Double {
        func isNamed(_ term: QueryPlan.Term) -> Bool {
            if case .node = term { true } else { false }
        }
        func isKnown(_ term: QueryPlan.Term) -> Bool {
            if case .variable(let number) = term { known.contains(number) } else { true }
        }
        return switch (isKnown(step.subject), isKnown(step.object)) {
        case (true, true): 0
        case (true, false) where !isNamed(step.subject): objectsPerSubject(step.relation)
        case (false, true) where !isNamed(step.object): subjectsPerObject(step.relation)
        default: alone
        }
    }

    private func objectsPerSubject(_ relation: KnowledgeRelation) -> Double {
        switch relation {
        case .similar: degree
        case .near: nearArtists
        case .by, .of, .from, .in, .key, .labeled: 1
        }
    }

    private func subjectsPerObject(_ relation: KnowledgeRelation) -> Double {
        switch relation {
        case .similar: degree
        case .near: nearArtists
        case .by: songs / artists
        case .of: songs / genres
        case .from: songs / 10
        case .in: songs / 4
        case .key: songs / 24
        case .labeled: songs / 10
        }
    }
}
