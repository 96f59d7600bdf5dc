/// Tensors by name, in the order in which they were added.
public struct NamedTensors: Sendable, Equatable {
    private var items: [Element] = []
    private var positions: [String: Int] = [:]

    /// A tensor and its name.
    public typealias Element = (name: String, tensor: Tensor)

    /// Creates an empty collection.
    public init() {}

    /// The tensor with a name.
    ///
    /// A new name is added at the end; `nil` removes the tensor.
    ///
    /// - Complexity: O(1); O(*n*) in the number of tensors to remove one.
    public subscript(name: String) -> Tensor? {
        get { positions[name].map { items[$0].tensor } }
        set {
            switch (positions[name], newValue) {
            case (let position?, let tensor?):
                items[position].tensor = tensor
            case (nil, let tensor?):
                positions[name] = items.count
                items.append((name, tensor))
            case (let position?, nil):
                items.remove(at: position)
                positions[name] = nil
                for index in position..<items.count { positions[items[index].name] = index }
            case (nil, nil):
                break
            }
        }
    }

    /// The names in order.
    ///
    /// - Complexity: O(*n*) in the number of tensors.
    public var names: [String] { items.map(\.name) }

    /// Whether two collections hold equal tensors with the same names in the same order.
    public static func == (left: NamedTensors, right: NamedTensors) -> Bool {
        left.items.elementsEqual(right.items) { $0.name == $1.name && $0.tensor == $1.tensor }
    }
}

extension NamedTensors: RandomAccessCollection {
    /// The position of the first tensor.
    public var startIndex: Int { 0 }
    /// The position after the last tensor.
    public var endIndex: Int { items.count }
    /// The tensor at a position, and its name.
    public subscript(position: Int) -> Element { items[position] }
}

extension NamedTensors: ExpressibleByDictionaryLiteral {
    /// Creates a collection from a literal such as `["weights": weights, "bias": bias]`.
    ///
    /// - Precondition: No name occurs twice.
    public init(dictionaryLiteral elements: (String, Tensor)...) {
        for (name, tensor) in elements {
            require(self[name] == nil, "NamedTensors: the name \(name) occurs twice")
            self[name] = tensor
        }
    }
}
