/// GraphML, http://graphml.graphdrawing.org.
struct GraphMLEncoder: GraphEncoder {
    static let edgesFollowTheirSong = false

    mutating func begin(_ about: ExportedGraph, into text: inout ExportText) {
        text.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

            """)
        func key(_ name: String, of owner: String, type: String) {
            text.write(
                """
                <key id="\(name)" for="\(owner)" attr.name="\(name)" attr.type="\(type)"/>

                """)
        }
        key("label", of: "node", type: "string")
        for (name, type) in ExportedNode.attributes { key(name, of: "node", type: type) }
        key("relation", of: "edge", type: "string")
        key("weight", of: "edge", type: "double")
        if about.weighsDistance { key("similarity", of: "edge", type: "double") }
        for (name, _) in about.attributes { key(name, of: "graph", type: "string") }
        text.write("<graph edgedefault=\"undirected\">\n")
        for (name, value) in about.attributes { data(name, into: &text) { $0.writeXML(value) } }
        if !about.attributes.isEmpty { text.write("\n") }
    }

    mutating func write(_ node: ExportedNode, into text: inout ExportText) {
        text.write("<node id=\"")
        text.writeXML(node.end.id)
        text.write("\">")
        data("label", into: &text) { $0.writeXML(node.name) }
        node.forEachAttribute { name, value in
            data(name, into: &text) { text in
                switch value {
                case .text(let value): text.writeXML(value)
                case .integer(let value): text.write(value.description)
                case .number(let value): text.write(value.description)
                }
            }
        }
        text.write("</node>\n")
    }

    mutating func beginEdges(into text: inout ExportText) {}

    mutating func write(_ edge: ExportedEdge, into text: inout ExportText) {
        text.write("<edge source=\"")
        text.writeXML(edge.source.id)
        text.write("\" target=\"")
        text.writeXML(edge.target.id)
        text.write("\">")
        data("relation", into: &text) { $0.write(edge.relation.rawValue) }
        if let weight = edge.weight {
            data("weight", into: &text) { $0.write(ExportedEdge.digits(of: weight)) }
        }
        if let similarity = edge.similarity {
            data("similarity", into: &text) { $0.write(ExportedEdge.digits(of: similarity)) }
        }
        text.write("</edge>\n")
    }

    mutating func end(into text: inout ExportText) {
        text.write("</graph>\n</graphml>\n")
    }

    private func data(
        _ key: String, into text: inout ExportText, _ value: (inout ExportText) -> Void
    ) {
        text.write("<data key=\"")
        text.write(key)
        text.write("\">")
        value(&text)
        text.write("</data>")
    }
}
