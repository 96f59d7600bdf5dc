/// The kinds of modules that files may name.
///
/// Register your own layers before reading a file that has them:
///
/// ```swift
/// var registry = LayerRegistry.builtIn
/// registry.register(MyLayer.self)
/// let network = try Sequential(contentsOf: weights, registry: registry)
/// ```
public struct LayerRegistry: Sendable {
    private var types: [String: any Module.Type] = [:]

    /// A registry that knows no kinds.
    public init() {}

    /// The modules of this library.
    public static var builtIn: LayerRegistry {
        let types: [any Module.Type] = [
            Conv2D.self, Dense.self, BatchNorm.self, ReLU.self, LeakyReLU.self, SiLU.self,
            Sigmoid.self, Tanh.self, Softmax.self, MaxPool.self, AveragePool.self,
            GlobalAveragePool.self, Dropout.self, Flatten.self, Chain.self, Residual.self,
            Branch.self,
        ]
        var registry = LayerRegistry()
        for type in types { registry.register(type) }
        return registry
    }

    /// Adds a kind of module, in place of one of the same name.
    public mutating func register(_ type: any Module.Type) {
        types[type.kind] = type
    }

    /// The names of all kinds, sorted.
    public var kinds: [String] { types.keys.sorted() }

    func type(named kind: String) -> (any Module.Type)? { types[kind] }

    /// What hands the registry to the modules that a decoder makes.
    var userInfo: [CodingUserInfoKey: any Sendable] {
        Self.key.map { [$0: self] } ?? [:]
    }

    static func registry(of decoder: any Decoder) -> LayerRegistry {
        key.flatMap { decoder.userInfo[$0] as? LayerRegistry } ?? .builtIn
    }

    private static let key = CodingUserInfoKey(rawValue: "LayerRegistry")
}

/// Modules as an array in a file, each with the name of its kind under `layer`.
struct ModuleList: Codable, Sendable {
    let modules: [any Module]

    init(_ modules: [any Module]) {
        self.modules = modules
    }

    private enum Key: String, CodingKey {
        case layer
    }

    init(from decoder: any Decoder) throws {
        let registry = LayerRegistry.registry(of: decoder)
        var container = try decoder.unkeyedContainer()
        var modules: [any Module] = []
        while !container.isAtEnd {
            let decoder = try container.superDecoder()
            let kind = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .layer)
            guard let type = registry.type(named: kind) else {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: decoder.codingPath,
                        debugDescription: "there is no layer named \(kind); known are "
                            + registry.kinds.joined(separator: ", ")))
            }
            modules.append(try type.init(from: decoder))
        }
        self.modules = modules
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for module in modules {
            let encoder = container.superEncoder()
            var keyed = encoder.container(keyedBy: Key.self)
            try keyed.encode(type(of: module).kind, forKey: .layer)
            try module.encode(to: encoder)
        }
    }
}
