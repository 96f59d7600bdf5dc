/// Node-link JSON: nodes and edges as two lists of objects.
///
/// NetworkX 3.4 and later read it by `node_link_graph(data)`, earlier versions with `link="edges"`.
struct NodeLinkEncoder: GraphEncoder {
    static let edgesFollowTheirSong = false

    private var isFirst = true

    mutating func begin(_ about: ExportedGraph, into text: inout ExportText) {
        text.write("{\"directed\": false, \"multigraph\": false, \"graph\": {")
        for (index, (name, value)) in about.attributes.enumerated() {
            text.write(index > 0 ? ", " : "")
            text.writeQuoted(name)
            text.write(": ")
            text.writeQuoted(value)
        }
        text.write("},\n\"nodes\": [")
    }

    mutating func write(_ node: ExportedNode, into text: inout ExportText) {
        separate(&text)
        text.write("{\"id\": ")
        text.writeQuoted(node.end.id)
        text.write(", \"label\": ")
        text.writeQuoted(node.name)
        node.forEachAttribute { name, value in
            text.write(", \"")
            text.write(name)
            text.write("\": ")
            switch value {
            case .text(let value): text.writeQuoted(value)
            case .integer(let value): text.write(value.description)
            case .number(let value): text.write(value.description)
            }
        }
        text.write("}")
    }

    mutating func beginEdges(into text: inout ExportText) {
        text.write("\n],\n\"edges\": [")
        isFirst = true
    }

    mutating func write(_ edge: ExportedEdge, into text: inout ExportText) {
        separate(&text)
        text.write("{\"source\": ")
        text.writeQuoted(edge.source.id)
        text.write(", \"target\": ")
        text.writeQuoted(edge.target.id)
        text.write(", \"relation\": \"")
        text.write(edge.relation.rawValue)
        text.write("\"")
        if let weight = edge.weight {
            text.write(", \"weight\": ")
            text.write(ExportedEdge.digits(of: weight))
        }
        if let similarity = edge.similarity {
            text.write(", \"similarity\": ")
            text.write(ExportedEdge.digits(of: similarity))
        }
        text.write("}")
    }

    mutating func end(into text: inout ExportText) {
        text.write("\n]}\n")
    }

    private mutating func separate(_ text: inout ExportText) {
        text.write(isFirst ? "\n" : ",\n")
        isFirst = false
    }
}
