public import Files
public import Foundation

extension SongGraph {
    private static let kind = "graph"
    private static let version = 1

    /// Opens a graph where it lies.
    ///
    /// - Throws: `FileError` if it cannot be read, or its header is damaged.
    public init(contentsOf url: URL) throws(FileError) {
        let file = try ArrayFile(contentsOf: url, kind: Self.kind, version: Self.version)
        func decoded<Value: Decodable>(_ name: String) throws(FileError) -> Value {
            let text = file.attributes[name] ?? ""
            guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else {
                throw FileError(
                    .unsupported, at: url.path,
                    "does not say how the graph was made. Build it again.")
            }
            return value
        }
        recipe = try decoded("recipe")
        featuresChecksum = try decoded("features")
        space = try decoded("space")
        offsets = try file.array("offsets")
        targets = try file.array("targets")
        strengths = try file.array("strengths")
        weights =
            switch recipe.rule {
            case .nearest: .float(try file.array("weights"))
            case .threshold: .double(try file.array("weights"))
            }
        guard offsets.count == strengths.count + 1, offsets.first == 0,
            offsets.last == targets.count, weights.count == targets.count
        else {
            throw FileError(.damaged, at: url.path, "has arrays of other lengths. Build it again.")
        }
        // Few enough to be looked at: a wrong one would lead out of the edges.
        let starts = offsets.elements
        guard (1..<starts.count).allSatisfy({ starts[$0 - 1] <= starts[$0] }) else {
            throw file.damage("has damaged offsets")
        }
    }

    /// Reads a whole file of a graph and tests its checksums.
    ///
    /// - Throws: `FileError` that says what is damaged.
    /// - Complexity: O(*n*) in the number of edges.
    static func verify(contentsOf url: URL) throws(FileError) {
        try ArrayFile(contentsOf: url, kind: kind, version: version).verify()
    }

    /// Writes the graph into a file.
    ///
    /// - Throws: `FileError` if the disk is full, say.
    public func write(to url: URL) throws(FileError) {
        let weights: ArrayFile.Contents =
            switch weights {
            case .float(let weights): .init("weights", weights)
            case .double(let weights): .init("weights", weights)
            }
        try ArrayFile.write(
            [
                .init("offsets", offsets), .init("strengths", strengths),
                .init("targets", targets), weights,
            ],
            attributes: [
                "recipe": Self.text(recipe), "features": Self.text(featuresChecksum),
                "space": Self.text(space),
            ],
            kind: Self.kind, version: Self.version, to: url)
    }

    private static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("what was fitted to finite numbers can be written")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
