public import Foundation
public import Tensor

/// What a network is made of, without what it has learned.
///
/// As JSON it is what weights carry and what a person can write by hand:
///
/// ```json
/// {"input": [48, 48, 1], "layers": [{"layer": "Conv2D", "filters": 32, "kernel": 3},
///                                    {"layer": "ReLU"}, {"layer": "Flatten"},
///                                    {"layer": "Dense", "units": 7}]}
/// ```
public struct Architecture: Sendable {
    /// The shape of one sample of the input: `[height, width, channels]` or `[features]`.
    public var input: Shape
    /// The modules in the order in which they compute.
    public var modules: [any Module]

    /// Describes a network.
    public init(input: Shape, modules: [any Module]) {
        self.input = input
        self.modules = modules
    }

    /// Reads a description.
    ///
    /// - Parameters:
    ///   - json: The description as JSON.
    ///   - registry: The kinds of modules that it may name.
    /// - Throws: `ArchitectureError` where the JSON is damaged or names unknown modules.
    public init(json: Data, registry: LayerRegistry = .builtIn) throws(ArchitectureError) {
        let decoder = JSONDecoder()
        decoder.userInfo = registry.userInfo
        do {
            let file = try decoder.decode(File.self, from: json)
            self.init(input: file.input, modules: file.layers.modules)
        } catch {
            throw ArchitectureError(
                "the architecture cannot be read: \(Self.explanation(of: error))")
        }
    }

    /// The description as JSON, with sorted keys, on one line.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(File(input: input, layers: ModuleList(modules)))
        }
    }

    /// The layers with all shapes resolved.
    func graph() throws(ArchitectureError) -> GraphBuilder {
        guard input.isWithin(GraphBuilder.elementLimit), input.elementCount > 0 else {
            throw ArchitectureError("an input of \(input) is empty, or too large to compute with")
        }
        var graph = GraphBuilder(input: input)
        var node = graph.input
        for module in modules {
            node = try module.connect(node, in: &graph)
        }
        try graph.validate(output: node)
        return graph
    }

    private struct File: Codable {
        var input: Shape
        var layers: ModuleList
    }

    private static func explanation(of error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty
                ? ""
                : " at "
                    + path.map { $0.intValue.map(String.init) ?? $0.stringValue }
                    .joined(separator: ".")
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            return "\"\(key.stringValue)\" is missing\(place(context.codingPath))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            return context.debugDescription + place(context.codingPath)
        default:
            return String(describing: error)
        }
    }
}
