public import Tensor

/// A network: modules one after the other, with the parameters that they have learned.
///
/// ```swift
/// let network = try Sequential(input: [48, 48, 1], seed: 42) {
///     for width in [32, 64, 128] {
///         Conv2D(filters: width, kernel: 3, padding: .same, bias: false)
///         BatchNorm()
///         ReLU()
///         MaxPool(2)
///     }
///     GlobalAveragePool()
///     Dense(7)
/// }
/// ```
///
/// A network is a value: a copy learns, or is changed, independently of its original.
public struct Sequential: Sendable {
    /// What the network is made of.
    public let architecture: Architecture
    /// The name of each class that the output counts, where the network is a classifier.
    public var classNames: [String] = []
    /// How a picture becomes the network's input, as text that whoever made the network
    /// understands; kept with the weights.
    public var preprocessing: String?
    /// How the output becomes probabilities that mean what they say; kept with the weights.
    public var calibration: Calibration?
    /// How well the network does, where that was measured; kept with the weights.
    public var measuredAccuracy: MeasuredAccuracy?

    /// All parameters, one behind the other, `[parameterCount]`.
    package var parameters: Tensor
    /// All statistics, such as running means, one behind the other, `[statisticCount]`.
    package var statistics: Tensor

    let layers: [ResolvedLayer]

    /// Creates a network of the modules that `modules` names, and initializes its parameters.
    ///
    /// - Parameters:
    ///   - input: The shape of one sample: `[height, width, channels]` or `[features]`.
    ///   - seed: Where the initial parameters come from.
    ///   - modules: The modules in the order in which they compute.
    /// - Throws: `ArchitectureError` where a module cannot take the output of the one before it.
    public init(
        input: Shape, seed: UInt64, @ModuleBuilder modules: () -> [any Module]
    ) throws(ArchitectureError) {
        try self.init(Architecture(input: input, modules: modules()), seed: seed)
    }

    /// Creates a network from its description, and initializes its parameters.
    ///
    /// - Throws: `ArchitectureError` where a module cannot take the output of the one before it.
    public init(_ architecture: Architecture, seed: UInt64) throws(ArchitectureError) {
        try self.init(zeros: architecture)
        initialize(seed: seed)
    }

    /// Creates a network whose parameters are all zero, for those that are read.
    init(zeros architecture: Architecture) throws(ArchitectureError) {
        let graph = try architecture.graph()
        self.architecture = architecture
        layers = graph.layers
        parameters = Tensor(zeros: [graph.parameterCount])
        statistics = Tensor(zeros: [graph.statisticCount])
    }

    /// The shape of one sample of the input.
    public var inputShape: Shape { architecture.input }

    /// The shape of one sample of the output.
    public var outputShape: Shape { layers.last?.plan.output ?? inputShape }

    /// The number of floats that training changes.
    public var parameterCount: Int { parameters.count }

    /// Multiply-accumulates for one sample.
    public var multiplyAdds: Int { layers.reduce(0) { $0 + $1.plan.multiplyAdds } }

    /// Whether the network ends in a softmax, so that its output is probabilities.
    public var endsInSoftmax: Bool { layers.last?.layer is Softmax }

    /// The layers up to the logits, which a loss takes.
    var layersToLogits: [ResolvedLayer] { endsInSoftmax ? layers.dropLast() : layers }

    private mutating func initialize(seed: UInt64) {
        var stream: UInt64 = 0
        for entry in entries {
            var source = RandomSource(seed: seed, stream)
            stream += 1
            let array = entry.array
            func fill(_ all: UnsafeMutableBufferPointer<Float>) {
                array.initializer.fill(
                    UnsafeMutableBufferPointer(rebasing: all[entry.range]), shape: array.shape,
                    using: &source)
            }
            if entry.isStatistic {
                statistics.withUnsafeMutableElements(fill)
            } else {
                parameters.withUnsafeMutableElements(fill)
            }
        }
    }
}

extension Sequential {
    /// An array of a layer, with its place among all parameters or statistics.
    struct Entry {
        let name: String
        let array: Parameter
        let range: Range<Int>
        let isStatistic: Bool
    }

    /// All arrays of all layers.
    var entries: [Entry] {
        layers.flatMap { layer in
            func entries(_ arrays: [Parameter], _ offsets: [Int], isStatistic: Bool) -> [Entry] {
                zip(arrays, offsets).map { array, offset in
                    Entry(
                        name: "\(layer.name)/\(array.name)", array: array,
                        range: offset..<(offset + array.shape.elementCount),
                        isStatistic: isStatistic)
                }
            }
            return entries(layer.plan.parameters, layer.parameterOffsets, isStatistic: false)
                + entries(layer.plan.statistics, layer.statisticOffsets, isStatistic: true)
        }
    }

    /// The names of all arrays of all layers: `conv2d_1/kernel`.
    public var parameterNames: [String] { entries.map(\.name) }

    /// An array of a layer by its name; nil for a name that the network does not have.
    ///
    /// - Precondition: A tensor that is assigned has the shape of the array.
    /// - Complexity: O(*n*) in the number of elements of the array.
    public subscript(name: String) -> Tensor? {
        get {
            entries.first { $0.name == name }.map { entry in
                (entry.isStatistic ? statistics : parameters).withUnsafeElements { all in
                    Tensor(all[entry.range], shape: entry.array.shape)
                }
            }
        }
        set {
            guard let entry = entries.first(where: { $0.name == name }) else {
                misuse("the network has no array named \(name)")
            }
            guard let newValue else {
                misuse("\(name) cannot be removed from the network")
            }
            require(
                newValue.shape == entry.array.shape,
                "\(name) has the shape \(entry.array.shape), not \(newValue.shape)")
            let path: WritableKeyPath<Sequential, Tensor> =
                entry.isStatistic ? \.statistics : \.parameters
            self[keyPath: path].withUnsafeMutableElements { all in
                newValue.withUnsafeElements { elements in
                    _ = UnsafeMutableBufferPointer(rebasing: all[entry.range])
                        .update(fromContentsOf: elements)
                }
            }
        }
    }

    /// Runs of parameters to all of which weight decay applies, or to none.
    package var decayRuns: [(range: Range<Int>, decays: Bool)] {
        var runs: [(range: Range<Int>, decays: Bool)] = []
        for entry in entries where !entry.isStatistic {
            if let last = runs.last, last.decays == entry.array.decays {
                runs[runs.count - 1].range = last.range.lowerBound..<entry.range.upperBound
            } else {
                runs.append((entry.range, entry.array.decays))
            }
        }
        return runs
    }
}
