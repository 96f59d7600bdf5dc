/// JSON-LD 1.1, https://www.w3.org/TR/json-ld11: a line for each node with all that is said of it.
///
/// The context stands in the file, so that readers need no network.
struct JSONLDEncoder: GraphEncoder {
    static let edgesFollowTheirSong = true

    private var weighsDistance = false
    private var isFirst = true
    /// The property whose list of nodes is open.
    private var property: String?
    private var isOpen = false
    /// What edges weigh, to be said when their song is complete.
    private var weights = ExportText()

    mutating func begin(_ about: ExportedGraph, into text: inout ExportText) {
        weighsDistance = about.weighsDistance
        text.write(
            """
            {"@context": {
              "@vocab": "\(RDFTerms.schema)",
              "sim": "\(RDFTerms.similarity)",
              "xsd": "\(RDFTerms.xsd)",
              "byArtist": {"@type": "@id"},
              "genre": {"@type": "@id"},
              "keywords": {"@type": "@id"},
              "isSimilarTo": {"@type": "@id"},
              "inDefinedTermSet": {"@type": "@id"},
              "sim:element": {"@type": "@id"},
              "value": {"@type": "xsd:double"},
              "sim:weight": {"@type": "xsd:double"},
              "sim:distance": {"@type": "xsd:double"},
              "datePublished": {"@type": "xsd:gYear"},
              "duration": {"@type": "xsd:duration"}
            },
            "@graph": [
            """)
    }

    mutating func write(_ node: ExportedNode, into text: inout ExportText) {
        close(&text)
        separate(&text)
        let type = RDFTerms.type(of: node.end.node.kind)
        text.write("{\"@id\": ")
        Self.writeIRI(of: node.end, into: &text)
        text.write(", \"@type\": \"")
        text.write(type)
        text.write("\", \"name\": ")
        text.writeQuoted(node.name)
        if type == "DefinedTerm" {
            text.write(", \"inDefinedTermSet\": \"urn:valence:")
            text.write(node.end.node.kind.rawValue)
            text.write("\"")
        }
        if let year = RDFTerms.year(node.song?.song.year) {
            text.write(", \"datePublished\": \"\(year)\"")
        }
        if let duration = node.song.flatMap({ RDFTerms.duration($0.features[.duration]) }) {
            text.write(", \"duration\": \"\(duration)\"")
        }
        var count = 0
        RDFTerms.forEachProperty(of: node) { name, value in
            text.write(count == 0 ? ", \"additionalProperty\": [" : ", ")
            count += 1
            text.write("{\"@type\": \"PropertyValue\", \"name\": \"")
            text.write(name)
            text.write("\", \"value\": ")
            switch value {
            case .text(let value): text.writeQuoted(value)
            case .integer(let value):
                text.write("{\"@value\": \(value), \"@type\": \"xsd:integer\"}")
            case .number(let value): text.write(value.description)
            }
            text.write("}")
        }
        if count > 0 { text.write("]") }
        isOpen = true
    }

    mutating func beginEdges(into text: inout ExportText) {}

    mutating func write(_ edge: ExportedEdge, into text: inout ExportText) {
        let property = RDFTerms.property(of: edge.relation)
        if property == self.property {
            text.write(", ")
        } else {
            if self.property != nil { text.write("]") }
            text.write(", \"")
            text.write(property)
            text.write("\": [")
            self.property = property
        }
        Self.writeIRI(of: edge.target, into: &text)
        guard let weight = edge.weight, !edge.isRepeated else { return }
        weights.write(",\n{\"@type\": \"sim:Similarity\", \"sim:element\": [")
        Self.writeIRI(of: edge.source, into: &weights)
        weights.write(", ")
        Self.writeIRI(of: edge.target, into: &weights)
        weights.write(weighsDistance ? "], \"sim:distance\": " : "], \"sim:weight\": ")
        weights.write(ExportedEdge.digits(of: weight))
        weights.write("}")
    }

    mutating func end(into text: inout ExportText) {
        close(&text)
        text.write("\n]}\n")
    }

    /// Ends the object of a song.
    private mutating func close(_ text: inout ExportText) {
        guard isOpen else { return }
        if property != nil { text.write("]") }
        text.write("}")
        text.write(weights)
        weights.removeAll()
        property = nil
        isOpen = false
    }

    private mutating func separate(_ text: inout ExportText) {
        text.write(isFirst ? "\n" : ",\n")
        isFirst = false
    }

    private static func writeIRI(of end: ExportedEnd, into text: inout ExportText) {
        text.write("\"")
        RDFTerms.writeIRI(of: end, into: &text)
        text.write("\"")
    }
}
