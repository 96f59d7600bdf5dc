/// Paths that all take the same input, joined at their ends.
///
/// Each module in the builder is a path; a `Chain` makes one path of several modules.
///
/// ```swift
/// Branch(.concatenated) {
///     Conv2D(filters: 16, kernel: 1)
///     Chain {
///         Conv2D(filters: 16, kernel: 1)
///         Conv2D(filters: 32, kernel: 3, padding: .same)
///     }
/// }
/// ```
public struct Branch: Module {
    /// How the ends of the paths become one output.
    public enum Join: String, Hashable, Codable, Sendable {
        /// Side by side along the channels.
        case concatenated
        /// Added element by element.
        case added
    }

    /// How the ends of the paths become one output.
    public let join: Join
    /// The paths.
    public let paths: [any Module]

    /// Describes a branch.
    public init(_ join: Join = .concatenated, @ModuleBuilder paths: () -> [any Module]) {
        self.join = join
        self.paths = paths()
    }

    private enum CodingKeys: String, CodingKey {
        case join, paths
    }

    /// Reads a description; only `paths` must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        join = try values.decodeIfPresent(Join.self, forKey: .join) ?? .concatenated
        paths = try values.decode(ModuleList.self, forKey: .paths).modules
    }

    /// Writes the description.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(join, forKey: .join)
        try values.encode(ModuleList(paths), forKey: .paths)
    }

    /// Connects all paths and joins them.
    public func connect(
        _ input: Node, in graph: inout GraphBuilder
    ) throws(ArchitectureError) -> Node {
        guard !paths.isEmpty else { throw ArchitectureError("a branch needs a path") }
        var ends: [Node] = []
        for path in paths { ends.append(try path.connect(input, in: &graph)) }
        switch join {
        case .concatenated: return try graph.append(Concatenation(), to: ends)
        case .added: return try graph.append(Sum(), to: ends)
        }
    }
}
