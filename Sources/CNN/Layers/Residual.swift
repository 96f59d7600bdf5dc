/// What some modules make of the input, added to the input (He et al., arXiv 1512.03385).
///
/// Where the modules change the shape, a shortcut brings the input to the same shape:
///
/// ```swift
/// Residual {
///     Conv2D(filters: 64, kernel: 3, stride: 2, padding: .same)
///     ReLU()
///     Conv2D(filters: 64, kernel: 3, padding: .same)
/// } shortcut: {
///     Conv2D(filters: 64, kernel: 1, stride: 2, padding: .same)
/// }
/// ```
public struct Residual: Module {
    /// The modules whose output is added.
    public let body: Chain
    /// What the input goes through before it is added to; nothing, if empty.
    public let shortcut: Chain

    /// Describes a residual block.
    public init(
        @ModuleBuilder body: () -> [any Module],
        @ModuleBuilder shortcut: () -> [any Module] = { [] }
    ) {
        self.body = Chain(modules: body)
        self.shortcut = Chain(modules: shortcut)
    }

    private enum CodingKeys: String, CodingKey {
        case body, shortcut
    }

    /// Reads a description; only `body` must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        body = try values.decode(Chain.self, forKey: .body)
        shortcut = try values.decodeIfPresent(Chain.self, forKey: .shortcut) ?? Chain([])
    }

    /// Connects both ways and adds them.
    public func connect(
        _ input: Node, in graph: inout GraphBuilder
    ) throws(ArchitectureError) -> Node {
        let short = try shortcut.connect(input, in: &graph)
        return try graph.append(Sum(), to: [try body.connect(input, in: &graph), short])
    }
}
