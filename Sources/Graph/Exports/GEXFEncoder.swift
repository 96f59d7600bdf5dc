/// GEXF 1.2, https://gexf.net, which Gephi and NetworkX read in all their versions.
struct GEXFEncoder: GraphEncoder {
    static let edgesFollowTheirSong = false

    private var edgeCount = 0

    mutating func begin(_ about: ExportedGraph, into text: inout ExportText) {
        text.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
            <meta><creator>Valence</creator><description>
            """)
        text.writeXML(about.attributes.map { "\($0): \($1)" }.joined(separator: "; "))
        text.write("</description></meta>\n")
        text.write("<graph defaultedgetype=\"undirected\" mode=\"static\">\n")
        func declare(_ attributes: [(name: String, type: String)], of owner: String) {
            text.write("<attributes class=\"\(owner)\">\n")
            for (name, type) in attributes {
                let type = type == "int" ? "integer" : type
                text.write("<attribute id=\"\(name)\" title=\"\(name)\" type=\"\(type)\"/>\n")
            }
            text.write("</attributes>\n")
        }
        declare(ExportedNode.attributes, of: "node")
        declare(
            [("relation", "string")] + (about.weighsDistance ? [("similarity", "double")] : []),
            of: "edge")
        text.write("<nodes>\n")
    }

    mutating func write(_ node: ExportedNode, into text: inout ExportText) {
        text.write("<node id=\"")
        text.writeXML(node.end.id)
        text.write("\" label=\"")
        text.writeXML(node.name)
        text.write("\"><attvalues>")
        node.forEachAttribute { name, value in
            attribute(name, into: &text) { text in
                switch value {
                case .text(let value): text.writeXML(value)
                case .integer(let value): text.write(value.description)
                case .number(let value): text.write(value.description)
                }
            }
        }
        text.write("</attvalues></node>\n")
    }

    mutating func beginEdges(into text: inout ExportText) {
        text.write("</nodes>\n<edges>\n")
    }

    mutating func write(_ edge: ExportedEdge, into text: inout ExportText) {
        text.write("<edge id=\"\(edgeCount)\" source=\"")
        edgeCount += 1
        text.writeXML(edge.source.id)
        text.write("\" target=\"")
        text.writeXML(edge.target.id)
        if let weight = edge.weight {
            text.write("\" weight=\"")
            text.write(ExportedEdge.digits(of: weight))
        }
        text.write("\"><attvalues>")
        attribute("relation", into: &text) { $0.write(edge.relation.rawValue) }
        if let similarity = edge.similarity {
            attribute("similarity", into: &text) { $0.write(ExportedEdge.digits(of: similarity)) }
        }
        text.write("</attvalues></edge>\n")
    }

    mutating func end(into text: inout ExportText) {
        text.write("</edges>\n</graph>\n</gexf>\n")
    }

    private func attribute(
        _ name: String, into text: inout ExportText, _ value: (inout ExportText) -> Void
    ) {
        text.write("<attvalue for=\"")
        text.write(name)
        text.write("\" value=\"")
        value(&text)
        text.write("\"/>")
    }
}
