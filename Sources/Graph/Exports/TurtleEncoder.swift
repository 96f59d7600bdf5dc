/// Turtle, https://www.w3.org/TR/turtle: each song with all that is said of it.
struct TurtleEncoder: GraphEncoder {
    static let edgesFollowTheirSong = true

    private var weighsDistance = false
    /// The property that the last edge of the open song has.
    private var property: String?
    private var isOpen = false
    /// What edges weigh, to be said when their song is complete.
    private var weights = ExportText()

    mutating func begin(_ about: ExportedGraph, into text: inout ExportText) {
        weighsDistance = about.weighsDistance
        text.write(
            """
            @prefix schema: <\(RDFTerms.schema)> .
            @prefix sim: <\(RDFTerms.similarity)> .
            @prefix track: <\(RDFTerms.tracks)> .
            @prefix xsd: <\(RDFTerms.xsd)> .

            """)
    }

    mutating func write(_ node: ExportedNode, into text: inout ExportText) {
        close(&text)
        text.write("\n")
        Self.writeName(of: node.end, into: &text)
        text.write(" a schema:")
        text.write(RDFTerms.type(of: node.end.node.kind))
        text.write(" ;\n    schema:name ")
        text.writeQuoted(node.name)
        if RDFTerms.type(of: node.end.node.kind) == "DefinedTerm" {
            text.write(" ;\n    schema:inDefinedTermSet <urn:valence:")
            text.write(node.end.node.kind.rawValue)
            text.write(">")
        }
        if let year = RDFTerms.year(node.song?.song.year) {
            text.write(" ;\n    schema:datePublished \"\(year)\"^^xsd:gYear")
        }
        if let duration = node.song.flatMap({ RDFTerms.duration($0.features[.duration]) }) {
            text.write(" ;\n    schema:duration \"\(duration)\"^^xsd:duration")
        }
        var isFirst = true
        RDFTerms.forEachProperty(of: node) { name, value in
            text.write(isFirst ? " ;\n    schema:additionalProperty\n        " : " ,\n        ")
            isFirst = false
            text.write("[ a schema:PropertyValue ; schema:name \"")
            text.write(name)
            text.write("\" ; schema:value ")
            switch value {
            case .text(let value): text.writeQuoted(value)
            case .integer(let value): text.write(value.description)
            case .number(let value): Self.writeDouble(value.description, into: &text)
            }
            text.write(" ]")
        }
        isOpen = true
        property = nil
    }

    mutating func beginEdges(into text: inout ExportText) {}

    mutating func write(_ edge: ExportedEdge, into text: inout ExportText) {
        let property = RDFTerms.property(of: edge.relation)
        if property == self.property {
            text.write(" , ")
        } else {
            text.write(" ;\n    schema:")
            text.write(property)
            text.write(" ")
            self.property = property
        }
        Self.writeName(of: edge.target, into: &text)
        guard let weight = edge.weight, !edge.isRepeated else { return }
        weights.write("[] a sim:Similarity ; sim:element ")
        Self.writeName(of: edge.source, into: &weights)
        weights.write(" , ")
        Self.writeName(of: edge.target, into: &weights)
        weights.write(weighsDistance ? " ; sim:distance " : " ; sim:weight ")
        Self.writeDouble(ExportedEdge.digits(of: weight), into: &weights)
        weights.write(" .\n")
    }

    mutating func end(into text: inout ExportText) { close(&text) }

    /// Ends the sentence about a song.
    private mutating func close(_ text: inout ExportText) {
        if isOpen { text.write(" .\n") }
        text.write(weights)
        weights.removeAll()
        isOpen = false
    }

    private static func writeName(of end: ExportedEnd, into text: inout ExportText) {
        if case .song = end.node, Song.isSpotifyID(end.id) {
            text.write("track:")
            text.write(end.id)
        } else {
            text.write("<")
            RDFTerms.writeIRI(of: end, into: &text)
            text.write(">")
        }
    }

    /// A number as a double: without an exponent Turtle has it as a decimal.
    private static func writeDouble(_ digits: String, into text: inout ExportText) {
        text.write(digits)
        if !digits.utf8.contains(UInt8(ascii: "e")) { text.write("e0") }
    }
}
