import Foundation
import Testing
import _TestSupport

@testable import Graph

/// Files of graphs, as NetworkX and RDFLib read them.
@Suite struct GraphExportTests {
    private static let hint: Comment =
        "no Python with NetworkX and RDFLib: install them, or set VALENCE_PYTHON"

    private static func canImport(_ module: String) async -> Bool {
        await Python.canImport(module)
    }

    /// What a peer finds in a file.
    private struct Found: Decodable {
        struct Node: Decodable {
            let id: String
            let attributes: [String: Value]
        }
        struct Edge: Decodable {
            let ends: [String]
            let relation: String
            let weight: Double?
            let similarity: Double?
        }
        enum Value: Decodable, Equatable {
            case number(Double)
            case text(String)
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
        let isDirected: Bool
        let isMultigraph: Bool
        let nodes: [Node]
        let edges: [Edge]
    }

    /// Texts as XML 1.0 can say them: pictures of control characters.
    private static func inXML(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar {
                    case "\t", "\n", "\r": scalar
                    case "\u{0}"..."\u{1F}": Unicode.Scalar(0x2400 + scalar.value) ?? scalar
                    case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    private func read(_ format: GraphFormat, _ export: GraphExport) async throws -> Found {
        let reader =
            switch format {
            case .graphml: "networkx.read_graphml('graph')"
            case .gexf: "networkx.read_gexf('graph')"
            default: "networkx.node_link_graph(json.load(open('graph')), edges='edges')"
            }
        let script = """
            import json, networkx
            graph = \(reader)
            json.dump({
                "isDirected": graph.is_directed(), "isMultigraph": graph.is_multigraph(),
                "nodes": [{"id": node, "attributes": data}
                          for node, data in graph.nodes(data=True)],
                "edges": [{
                    "ends": sorted([one, other]), "relation": data["relation"],
                    "weight": data.get("weight"), "similarity": data.get("similarity")
                } for one, other, data in graph.edges(data=True)],
            }, open("found.json", "w"))
            """
        return try await withTemporaryFolder { folder in
            try export.write(to: folder.appending(path: "graph"))
            try await Python.run(script, in: folder)
            return try JSONDecoder().decode(
                Found.self, from: Data(contentsOf: folder.appending(path: "found.json")))
        }
    }

    @Test(
        "NetworkX reads nodes, edges, weights and hostile titles as they are",
        .enabled(hint) { await canImport("networkx") },
        arguments: [GraphFormat.graphml, .gexf, .json], [Metric.euclidean, .cosine])
    func networkX(format: GraphFormat, metric: Metric) async throws {
        let knowledge = try KnownSongs.knowledge(
            .init(.nearest(5, mutual: false), metric: metric))
        let found = try await read(format, GraphExport(knowledge, as: format))
        let clean = format == .json ? { $0 } : Self.inXML
        #expect(!found.isDirected && !found.isMultigraph)

        let oracle = KnowledgeOracle(KnownSongs.all, knowledge.library.graph)
        let related = Set(oracle.triples.filter { $0.relation != .near }.map(\.object))
        #expect(Set(found.nodes.map(\.id)).count == found.nodes.count)
        let others = related.filter { $0.kind != .song }
        // All keys are written, whether or not a song has them.
        let unused = MusicalKey.all.count { !related.contains(.key($0)) }
        #expect(found.nodes.count == 60 + others.count + unused)

        let nodes = Dictionary(uniqueKeysWithValues: found.nodes.map { ($0.id, $0.attributes) })
        for (row, (song, features)) in KnownSongs.all.enumerated() {
            let id = ExportedEnd(song: row, trackID: song.id).id
            let attributes = try #require(nodes[clean(id)], "\(song.id)")
            #expect(attributes["label"] == .text(clean(song.title)))
            #expect(attributes["kind"] == .text("song"))
            #expect(attributes["artists"] == .text(clean(song.artists.joined(separator: "; "))))
            #expect(attributes["year"] == song.year.map { .number(Double($0)) })
            #expect(attributes["popularity"] == song.popularity.map { .number(Double($0)) })
            for (feature, name) in zip(AudioFeature.allCases, ExportedNode.featureNames) {
                #expect(attributes[name] == .number(features[feature]))
            }
        }
        #expect(nodes["artist:nina simone"]?["label"] == .text("Nina Simone"))
        #expect(nodes["song:artist:muse"]?["kind"] == .text("song"))
        #expect(nodes["artist:muse"]?["kind"] == .text("artist"))

        func id(_ node: KnowledgeNode) -> String {
            guard case .song(let row) = node else { return clean(ExportedEnd(node).id) }
            return clean(ExportedEnd(song: row, trackID: KnownSongs.all[row].song.id).id)
        }
        var expected: [[String]: (relation: KnowledgeRelation, weight: Double?)] = [:]
        for triple in oracle.triples where triple.relation != .near {
            var weight: Double?
            if case (.song(let row), .song(let other)) = (triple.subject, triple.object) {
                weight =
                    knowledge.library.graph?.neighbors(of: row).first { $0.row == other }?
                    .weight
            }
            expected[[id(triple.subject), id(triple.object)].sorted()] = (triple.relation, weight)
        }
        #expect(found.edges.count == expected.count)
        for edge in found.edges {
            let other = try #require(expected[edge.ends.sorted()], "\(edge.ends)")
            #expect(edge.relation == other.relation.rawValue)
            #expect((edge.weight == nil) == (other.weight == nil))
            guard let weight = edge.weight, let otherWeight = other.weight else { continue }
            #expect(abs(weight - otherWeight) < 1e-6)
            #expect((edge.similarity != nil) == (metric == .euclidean))
            if let similarity = edge.similarity {
                #expect(abs(similarity - 1 / (1 + otherWeight)) < 1e-6)
            }
        }
    }

    @Test(
        "RDFLib finds the same triples in Turtle and in JSON-LD, and those that are meant",
        .enabled(hint) { await canImport("rdflib") })
    func rdf() async throws {
        let knowledge = try KnownSongs.knowledge()
        let oracle = KnowledgeOracle(KnownSongs.all, knowledge.library.graph)
        let script = """
            import json, rdflib
            from rdflib import RDF, Namespace, BNode, Literal
            schema = Namespace("https://schema.org/")
            sim = Namespace("http://purl.org/ontology/similarity/")
            turtle = rdflib.Graph().parse("graph.ttl", format="turtle")
            linked = rdflib.Graph().parse("graph.jsonld", format="json-ld")
            def value(node):
                return node.toPython() if isinstance(node, Literal) else str(node)
            def facts(graph):
                named = {(str(s), str(p), str(value(o))) for s, p, o in graph
                         if not isinstance(s, BNode) and not isinstance(o, BNode)}
                features = {(str(song), str(graph.value(p, schema.name)),
                             float(graph.value(p, schema.value)))
                            for song, p in graph.subject_objects(schema.additionalProperty)}
                weights = {(tuple(sorted(str(e) for e in graph.objects(s, sim.element))),
                            float(graph.value(s, sim.distance)))
                           for s in graph.subjects(RDF.type, sim.Similarity)}
                return named, features, weights
            mine, other = facts(turtle), facts(linked)
            assert len(turtle) == len(linked), (len(turtle), len(linked))
            for one, two in zip(mine, other):
                assert one == two, list(one ^ two)[:6]
            def pairs(p):
                return sorted([str(s), str(o)] for s, o in turtle.subject_objects(p))
            json.dump({
                "names": {str(s): str(o) for s, o in turtle.subject_objects(schema.name)
                          if not isinstance(s, BNode)},
                "byArtist": pairs(schema.byArtist), "genre": pairs(schema.genre),
                "keywords": pairs(schema.keywords), "isSimilarTo": pairs(schema.isSimilarTo),
                "features": len(mine[1]),
                "weights": [[*ends, repr(weight)] for ends, weight in mine[2]],
            }, open("found.json", "w"))
            """
        struct Found: Decodable {
            let names: [String: String]
            let byArtist, genre, keywords, isSimilarTo, weights: [[String]]
            let features: Int
        }
        let found = try await withTemporaryFolder { folder in
            try GraphExport(knowledge, as: .turtle).write(to: folder.appending(path: "graph.ttl"))
            try GraphExport(knowledge, as: .jsonld)
                .write(to: folder.appending(path: "graph.jsonld"))
            try await Python.run(script, in: folder)
            return try JSONDecoder().decode(
                Found.self, from: Data(contentsOf: folder.appending(path: "found.json")))
        }
        func iri(_ node: KnowledgeNode) -> String {
            var text = ExportText()
            if case .song(let row) = node {
                RDFTerms.writeIRI(
                    of: ExportedEnd(song: row, trackID: KnownSongs.all[row].song.id), into: &text)
            } else {
                RDFTerms.writeIRI(of: ExportedEnd(node), into: &text)
            }
            return String(decoding: text.bytes, as: UTF8.self)
        }
        for (row, (song, _)) in KnownSongs.all.enumerated() {
            #expect(found.names[iri(.song(row))] == song.title)
        }
        #expect(iri(.song(0)).hasPrefix("https://open.spotify.com/track/4uLU6h"))
        #expect(iri(.song(7)) == "urn:valence:song:song%3Aartist%3Amuse")
        #expect(found.names["urn:valence:artist:sigur%20r%C3%B3s"] == "Sigur Rós")
        func pairs(_ relations: KnowledgeRelation...) -> Set<[String]> {
            Set(
                oracle.triples.filter { relations.contains($0.relation) }
                    .map { [iri($0.subject), iri($0.object)] })
        }
        #expect(Set(found.byArtist) == pairs(.by))
        #expect(Set(found.genre) == pairs(.of))
        #expect(Set(found.keywords) == pairs(.from, .in, .key, .labeled))
        #expect(Set(found.isSimilarTo) == pairs(.similar))
        #expect(found.weights.count == knowledge.library.graph?.edgeCount)
        // Twelve features, for the duration has a term of its own, and the popularity of some.
        #expect(found.features == 60 * 12 + KnownSongs.all.count { $0.song.popularity != nil })
    }

    @Test(
        "a neighborhood is written with what its songs are related to, and nothing else",
        .enabled(hint) { await canImport("networkx") },
        arguments: [GraphFormat.graphml, .gexf, .json])
    func neighborhood(format: GraphFormat) async throws {
        let knowledge = try KnownSongs.knowledge()
        let around = try knowledge.neighborhood(ofSongNamed: "artist:muse", hops: 2, limit: 12)
        let found = try await read(format, GraphExport(knowledge, as: format, around: around))
        let rows = Set(around.members.map(\.row))
        let oracle = KnowledgeOracle(KnownSongs.all, knowledge.library.graph)
        let triples = oracle.triples.filter { triple in
            guard case .song(let row) = triple.subject, rows.contains(row) else { return false }
            if case .song(let other) = triple.object { return rows.contains(other) && row < other }
            return true
        }
        #expect(found.edges.count == triples.count)
        let related = Set(triples.map(\.object)).filter { $0.kind != .song }
        #expect(found.nodes.count == 12 + related.count)
    }

    @Test("a library without a graph has files, too", arguments: GraphFormat.allCases)
    func withoutGraph(format: GraphFormat) throws {
        var bytes = 0
        try GraphExport(KnownSongs.knowledge(nil), as: format).write { bytes += $0.count }
        #expect(bytes > 10_000)
        try GraphExport(KnowledgeGraph(SongLibrary([])), as: format).write { bytes += $0.count }
    }

    @Test func progressEndsWithAll() throws {
        var last = (completed: 0, total: 0)
        try GraphExport(KnownSongs.knowledge(), as: .graphml).write {
            #expect($0 >= last.completed)
            last = ($0, $1)
        } body: { _ in
        }
        #expect(last.completed == 120 && last.total == 120)
    }
}
