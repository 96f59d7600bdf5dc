@testable import Graph

/// All triples of a library, found by looking at everything, and queries by trying all of them.
struct KnowledgeOracle {
    struct Triple: Hashable {
        let subject: KnowledgeNode
        let relation: KnowledgeRelation
        let object: KnowledgeNode
    }

    private(set) var triples: [Triple] = []

    init(_ songs: [(song: Song, features: AudioFeatures)], _ graph: SongGraph?) {
        for (row, (song, features)) in songs.enumerated() {
            func add(_ relation: KnowledgeRelation, _ object: KnowledgeNode) {
                let triple = Triple(subject: .song(row), relation: relation, object: object)
                if !triples.contains(triple) { triples.append(triple) }
            }
            for name in song.artists { add(.by, .artist(FoldedName(name))) }
            for name in song.genres { add(.of, .genre(FoldedName(name))) }
            for name in song.emotions { add(.labeled, .emotion(FoldedName(name))) }
            if let year = song.year { add(.from, .decade(year / 10 * 10)) }
            if features[.key] >= 0 {
                add(
                    .key,
                    .key(
                        MusicalKey(
                            pitchClass: Int(features[.key]), isMajor: features[.mode] == 1)))
            }
            func isUpper(_ feature: AudioFeature) -> Bool {
                let values = songs.map { $0.features[feature] }
                let value = features[feature]
                let below = values.count { $0 < value }
                let same = values.count { $0 == value }
                return Double(below) + Double(same) / 2 >= Double(values.count) / 2
            }
            let region: EmotionRegion =
                isUpper(.energy)
                ? (isUpper(.valence) ? .happy : .angry) : (isUpper(.valence) ? .calm : .sad)
            add(.in, .region(region))
            for neighbor in graph.map({ Array($0.neighbors(of: row)) }) ?? [] {
                add(.similar, .song(neighbor.row))
            }
        }
        for pair in Set(triples.filter { $0.relation == .similar }) {
            for one in artists(of: pair.subject) {
                for other in artists(of: pair.object) where one != other {
                    let triple = Triple(subject: one, relation: .near, object: other)
                    if !triples.contains(triple) { triples.append(triple) }
                }
            }
        }
    }

    func artists(of song: KnowledgeNode) -> [KnowledgeNode] {
        triples.filter { $0.relation == .by && $0.subject == song }.map(\.object)
    }

    /// All that fulfills a query, in no order.
    func answers(
        to query: KnowledgeQuery, _ nodes: (KnowledgeNode.Kind, String) throws -> KnowledgeNode
    ) rethrows -> Set<[KnowledgeNode]> {
        var solutions: [[String: KnowledgeNode]] = [[:]]
        for pattern in query.patterns {
            var extended: [[String: KnowledgeNode]] = []
            for solution in solutions {
                for triple in triples where triple.relation == pattern.relation {
                    var next = solution
                    let ends = [(pattern.subject, triple.subject), (pattern.object, triple.object)]
                    let fits = try ends.allSatisfy { term, node in
                        switch term {
                        case .name(let name): return try nodes(node.kind, name) == node
                        case .variable(let name):
                            if let known = next[name] { return known == node }
                            next[name] = node
                            return true
                        }
                    }
                    if fits { extended.append(next) }
                }
            }
            solutions = extended
        }
        return Set(solutions.map { solution in query.variables.compactMap { solution[$0] } })
    }
}
