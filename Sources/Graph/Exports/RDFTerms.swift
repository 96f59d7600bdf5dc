import Foundation

/// How nodes are named and described in RDF, in the terms of schema.org.
///
/// A song is a `MusicRecording`, an artist a `MusicGroup`; genres, decades, regions, keys and emotions are
/// `DefinedTerm`s, each kind a set of its own. Audio features, for which schema.org has no words, are
/// `PropertyValue`s. What edges weigh is said in the Similarity Ontology,
/// http://purl.org/ontology/similarity.
enum RDFTerms {
    static let schema = "https://schema.org/"
    static let similarity = "http://purl.org/ontology/similarity/"
    static let tracks = "https://open.spotify.com/track/"
    static let xsd = "http://www.w3.org/2001/XMLSchema#"

    /// Writes the IRI of a node: the address of the track at Spotify where the id is one, else a URN:
    /// `urn:valence:artist:nina%20simone`.
    static func writeIRI(of end: ExportedEnd, into text: inout ExportText) {
        guard case .song = end.node else {
            text.write("urn:valence:")
            text.write(end.node.kind.rawValue)
            text.write(":")
            text.writeIRIPart(end.node.key)
            return
        }
        if Song.isSpotifyID(end.id) {
            text.write(tracks)
            text.write(end.id)
        } else {
            text.write("urn:valence:song:")
            text.writeIRIPart(end.id)
        }
    }

    /// The property that a relation is in schema.org.
    static func property(of relation: KnowledgeRelation) -> String {
        switch relation {
        case .similar: "isSimilarTo"
        case .by: "byArtist"
        case .of: "genre"
        case .from, .in, .key, .labeled: "keywords"
        case .near: preconditionFailure("nearness follows from similarity, and is not written")
        }
    }

    /// The class of a kind of node in schema.org.
    static func type(of kind: KnowledgeNode.Kind) -> String {
        switch kind {
        case .song: "MusicRecording"
        case .artist: "MusicGroup"
        case .genre, .decade, .region, .key, .emotion: "DefinedTerm"
        }
    }

    /// A year as four digits; nil where it has more or is not of our era.
    static func year(_ year: Int?) -> String? {
        guard let year, (1...9999).contains(year) else { return nil }
        return String(format: "%04d", year)
    }

    /// A length in milliseconds as RDF has it: `PT201.5S`; nil where it is none.
    static func duration(_ milliseconds: Double) -> String? {
        guard milliseconds > 0, milliseconds < 1e9 else { return nil }
        return String(format: "PT%.3fS", milliseconds / 1000)
    }

    /// Calls the body with what becomes a `PropertyValue`.
    static func forEachProperty(
        of node: ExportedNode, _ body: (_ name: String, _ value: ExportedNode.Value) -> Void
    ) {
        guard let (song, features, _) = node.song else { return }
        if let popularity = song.popularity { body("popularity", .integer(popularity)) }
        for (feature, name) in zip(AudioFeature.allCases, ExportedNode.featureNames)
        where feature != .duration && features[feature].isFinite {
            body(name, .number(features[feature]))
        }
    }
}
