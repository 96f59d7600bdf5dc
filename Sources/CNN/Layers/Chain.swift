/// Modules one after the other, as one module: a path of a `Branch`, or a block with a name.
public struct Chain: Module {
    /// The modules in the order in which they compute; none pass the input through.
    public let modules: [any Module]

    /// Describes a chain.
    public init(@ModuleBuilder modules: () -> [any Module]) {
        self.modules = modules()
    }

    init(_ modules: [any Module]) {
        self.modules = modules
    }

    /// Connects the modules one after the other.
    public func connect(
        _ input: Node, in graph: inout GraphBuilder
    ) throws(ArchitectureError) -> Node {
        var node = input
        for module in modules { node = try module.connect(node, in: &graph) }
        return node
    }

    private enum CodingKeys: String, CodingKey {
        case layers
    }

    /// Reads a description; its modules stand under `layers`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        modules = try values.decode(ModuleList.self, forKey: .layers).modules
    }

    /// Writes the description.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(ModuleList(modules), forKey: .layers)
    }
}
