/// A format of files that hold a graph, and who reads it.
public enum GraphFormat: String, CaseIterable, Sendable {
    /// XML that most graph programs read.
    case graphml
    /// Gephi's own XML, version 1.2.
    case gexf
    /// JSON of nodes and edges, as NetworkX's `node_link_graph` reads it.
    case json
    /// RDF as people read it, in the terms of schema.org.
    case turtle
    /// RDF in JSON, in the terms of schema.org.
    case jsonld

    /// The format that a file with an extension has.
    public init?(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "graphml": self = .graphml
        case "gexf": self = .gexf
        case "json": self = .json
        case "ttl", "turtle": self = .turtle
        case "jsonld": self = .jsonld
        default: return nil
        }
    }
}
