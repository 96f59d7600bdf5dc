public import Tensor

/// Where an array of activations appears in a network.
public struct Node: Hashable, Sendable {
    let index: Int
}

/// Collects the layers of a network in the order in which they compute, with all shapes resolved.
///
/// Whatever modules a network is made of, what comes out is a flat list of layers that read and
/// write numbered arrays; memory is planned over that list.
public struct GraphBuilder: Sendable {
    private(set) var layers: [ResolvedLayer] = []
    private var shapes: [Shape]
    private var counts: [String: Int] = [:]
    private(set) var parameterCount = 0
    private(set) var statisticCount = 0

    /// The largest number of floats of one array, and of all parameters: a gigabyte.
    ///
    /// What a file says is checked against it before anything is multiplied or allocated.
    static let elementLimit = 1 << 28

    /// The network's own input.
    public let input = Node(index: 0)

    init(input: Shape) {
        shapes = [input]
    }

    /// The shape of one sample of an array: `[height, width, channels]` or `[features]`.
    public func shape(of node: Node) -> Shape { shapes[node.index] }

    /// Adds a layer.
    ///
    /// - Returns: Its output.
    /// - Throws: `ArchitectureError` where the layer cannot take these inputs.
    public mutating func append(
        _ layer: some Layer, to inputs: [Node]
    ) throws(ArchitectureError) -> Node {
        let kind = type(of: layer).kind.lowercased()
        let number = counts[kind, default: 0] + 1
        let name = "\(kind)_\(number)"
        let inputShapes = inputs.map { shapes[$0.index] }
        let plan: LayerPlan
        do {
            plan = try layer.plan(inputShapes)
        } catch {
            throw ArchitectureError("\(name): \(error.message)")
        }
        let arrays = [plan.output] + (plan.parameters + plan.statistics).map(\.shape)
        for shape in arrays where !shape.isWithin(Self.elementLimit - parameterCount) {
            throw ArchitectureError("\(name): an array of \(shape) is too large to compute with")
        }
        guard !plan.isSamplewise || plan.parameters.isEmpty || plan.sumFloats > 0 else {
            throw ArchitectureError(
                "\(name): a samplewise layer adds up the gradients of its parameters in sumFloats")
        }
        guard !plan.worksInPlace || plan.output.elementCount == inputShapes[0].elementCount else {
            throw ArchitectureError(
                "\(name): \(plan.output) does not fit into \(inputShapes[0]), in place")
        }
        counts[kind] = number
        let output = Node(index: shapes.count)
        shapes.append(plan.output)
        layers.append(
            ResolvedLayer(
                name: name, layer: layer, plan: plan, index: layers.count,
                randomStream: UInt64(layers.count), inputs: inputs.map(\.index),
                inputShapes: inputShapes, output: output.index,
                parameterOffsets: offsets(of: plan.parameters, from: &parameterCount),
                statisticOffsets: offsets(of: plan.statistics, from: &statisticCount)))
        return output
    }

    /// Checks that the layers lead to `output`, which is then that of the last layer.
    func validate(output: Node) throws(ArchitectureError) {
        guard !layers.isEmpty else { throw ArchitectureError("a network needs a layer") }
        let read = Set(layers.flatMap(\.inputs) + [output.index])
        for layer in layers where !read.contains(layer.output) {
            throw ArchitectureError("\(layer.name): nothing takes its output")
        }
    }

    private func offsets(of arrays: [Parameter], from total: inout Int) -> [Int] {
        arrays.map { array in
            defer { total += array.shape.elementCount }
            return total
        }
    }
}

extension Shape {
    /// Whether the shape has up to a number of elements; never overflows.
    func isWithin(_ limit: Int) -> Bool {
        var count = 1
        for length in self {
            let (product, overflows) = count.multipliedReportingOverflow(by: length)
            guard !overflows, product <= limit else { return false }
            count = product
        }
        return true
    }
}

/// A layer with its place in a network.
struct ResolvedLayer: Sendable {
    /// The kind and a number: `conv2d_1`.
    var name: String
    var layer: any LayerPasses
    var plan: LayerPlan
    /// The position in the list.
    var index: Int
    /// Which of a step's streams of random numbers it draws from.
    var randomStream: UInt64
    /// The arrays it reads.
    var inputs: [Int]
    var inputShapes: [Shape]
    /// The array it writes, which is that of its position plus 1.
    var output: Int
    /// Where each parameter begins among all parameters of the network.
    var parameterOffsets: [Int]
    /// Where each statistic begins among all statistics of the network.
    var statisticOffsets: [Int]
}
