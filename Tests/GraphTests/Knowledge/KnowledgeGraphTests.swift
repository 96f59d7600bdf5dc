import Testing

@testable import Graph

@Suite struct KnowledgeGraphTests {
    @Test("all relations, in both directions, are those that looking at everything finds")
    func relations() throws {
        let knowledge = try KnownSongs.knowledge()
        let oracle = KnowledgeOracle(KnownSongs.all, knowledge.library.graph)
        for relation in KnowledgeRelation.allCases {
            let expected = Set(oracle.triples.filter { $0.relation == relation })
            #expect(!expected.isEmpty)
            var forward: Set<KnowledgeOracle.Triple> = []
            for subject in try knowledge.allNodes(of: relation.subjectKind) {
                for link in try knowledge.objects(of: subject, by: relation) {
                    let triple = KnowledgeOracle.Triple(
                        subject: subject, relation: relation, object: link.node)
                    #expect(forward.insert(triple).inserted)
                    #expect((link.weight != nil) == relation.isSymmetric)
                }
            }
            #expect(forward == expected, "\(relation)")
            var backward: Set<KnowledgeOracle.Triple> = []
            for object in try knowledge.allNodes(of: relation.objectKind) {
                for link in try knowledge.allSubjects(of: object, by: relation) {
                    backward.insert(
                        KnowledgeOracle.Triple(
                            subject: link.node, relation: relation, object: object))
                }
            }
            #expect(backward == expected, "\(relation)")
        }
    }

    @Test("nearness is the geometric mean of the shares of similarity, the same in both directions")
    func nearness() throws {
        let knowledge = try KnownSongs.knowledge()
        let graph = try #require(knowledge.library.graph)
        let artists = try knowledge.allNodes(of: .artist)
        func songs(of artist: KnowledgeNode) throws -> Set<Int> {
            Set(
                try knowledge.allSubjects(of: artist, by: .by).compactMap {
                    if case .song(let row) = $0.node { row } else { nil }
                })
        }
        func similarity(from rows: Set<Int>, to others: Set<Int>?) -> Double {
            rows.reduce(0) { sum, row in
                graph.neighbors(of: row).reduce(sum) {
                    (others?.contains($1.row) ?? true) ? $0 + graph.similarity($1.weight) : $0
                }
            }
        }
        for artist in artists {
            let own = try songs(of: artist)
            let links = try knowledge.objects(of: artist, by: .near)
            #expect(links.map { $0.weight ?? 0 } == links.map { $0.weight ?? 0 }.sorted(by: >))
            for link in links {
                let other = try songs(of: link.node)
                let expected =
                    similarity(from: own, to: other)
                    / (similarity(from: own, to: nil) * similarity(from: other, to: nil))
                    .squareRoot()
                #expect(abs((link.weight ?? 0) - expected) < 1e-9)
                let back = try knowledge.objects(of: link.node, by: .near)
                    .first { $0.node == artist }
                #expect(abs((back?.weight ?? 0) - expected) < 1e-9)
                #expect(expected <= 1)
                #expect(try knowledge.holds(link.node, .near, artist))
            }
        }
    }

    @Test("the most similar songs come first")
    func orderOfSimilarSongs() throws {
        for metric in Metric.allCases {
            let knowledge = try KnownSongs.knowledge(
                .init(.nearest(5, mutual: false), metric: metric))
            let weights = try knowledge.objects(of: .song(20), by: .similar).compactMap(\.weight)
            #expect(weights.count >= 5)
            #expect(weights == weights.sorted(by: metric == .cosine ? (>) : (<)))
        }
    }

    @Test("songs come in pages, each once, in the order of their rows")
    func pages() throws {
        let count = KnowledgeGraph.pageSize + 10
        let songs = (0..<count).map { index in
            var features = AudioFeatures()
            features[.valence] = Double(index)
            features[.energy] = Double(count - index)
            return (Song(id: "\(index)", title: "", artists: [], year: 1990 + index % 20), features)
        }
        let knowledge = KnowledgeGraph(try SongLibrary(songs))
        let nineties = try knowledge.allSubjects(of: .decade(1990), by: .from)
        #expect(
            nineties.map(\.node) == (0..<count).filter { $0 % 20 < 10 }.map { .song($0) })
        let happy = try knowledge.allSubjects(of: .region(.angry), by: .in)
        #expect(happy.map(\.node) == (0..<count / 2).map { .song($0) })
        #expect(try knowledge.allNodes(of: .song) == (0..<count).map { .song($0) })
    }

    @Test("without a graph, what needs none still answers")
    func withoutGraph() throws {
        let knowledge = try KnownSongs.knowledge(nil)
        #expect(try !knowledge.objects(of: .song(1), by: .by).isEmpty)
        #expect(throws: KnowledgeError.self) {
            try knowledge.objects(of: .song(1), by: .similar)
        }
        #expect(throws: KnowledgeError.self) {
            try knowledge.objects(of: .artist(FoldedName("muse")), by: .near)
        }
    }

    @Test func names() throws {
        let knowledge = try KnownSongs.knowledge()
        #expect(
            try knowledge.node(.artist, named: "nina SIMONE")
                == .artist(FoldedName("Nina Simone")))
        #expect(try knowledge.name(of: .artist(FoldedName("NINA SIMONE"))) == "Nina Simone")
        #expect(try knowledge.node(.song, named: "artist:muse") == .song(7))
        #expect(try knowledge.node(.song, named: "שלום עולם") == .song(5))
        #expect(try knowledge.node(.decade, named: "1990s") == .decade(1990))
        #expect(try knowledge.node(.decade, named: "1994") == .decade(1990))
        #expect(try knowledge.node(.region, named: "Happy") == .region(.happy))
        #expect(
            try knowledge.node(.key, named: "bb minor")
                == .key(MusicalKey(pitchClass: 10, isMajor: false)))
        for (kind, name, words) in [
            (KnowledgeNode.Kind.artist, "Nina Simonne", "perhaps \"Nina Simone\""),
            (.artist, "simone", "perhaps \"Nina Simone\""), (.genre, "jaz", "perhaps \"Jazz\""),
            (.song, "Song 20", "2 songs"), (.song, "nothing", "songs search"),
            (.decade, "nineties", "1990s"), (.region, "glad", "happy, angry, sad, calm"),
            (.key, "H major", "C major"), (.emotion, "bliss", "No song has the emotion"),
        ] {
            let error = #expect(throws: KnowledgeError.self) {
                try knowledge.node(kind, named: name)
            }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }
}

extension KnowledgeGraph {
    /// All nodes of a kind.
    func allNodes(of kind: KnowledgeNode.Kind) throws -> [KnowledgeNode] {
        var nodes: [KnowledgeNode] = []
        var next: Int? = 0
        while let start = next {
            let page = try self.nodes(of: kind, from: start)
            nodes += page.links.map(\.node)
            next = page.next
        }
        return nodes
    }

    /// All subjects of an object.
    func allSubjects(
        of object: KnowledgeNode, by relation: KnowledgeRelation
    ) throws -> [KnowledgeLink] {
        var links: [KnowledgeLink] = []
        var next: Int? = 0
        while let start = next {
            let page = try subjects(of: object, by: relation, from: start)
            links += page.links
            next = page.next
        }
        return links
    }
}
