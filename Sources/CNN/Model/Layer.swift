public import Tensor

/// A part of a network's description: a layer, or something made of layers.
///
/// A module is plain data: what it is, not what it has learned. The parameters lie in the network,
/// activations in a workspace.
public protocol Module: Codable, Sendable {
    /// The name of the kind of module in architecture files: `Conv2D`. By default, the type's name.
    static var kind: String { get }

    /// Adds the module's layers to a graph, and returns where their output appears.
    ///
    /// - Throws: `ArchitectureError` where the module cannot take this input.
    func connect(_ input: Node, in graph: inout GraphBuilder) throws(ArchitectureError) -> Node
}

extension Module {
    /// The name of the type.
    public static var kind: String { String(describing: Self.self) }
}

/// A module that computes something.
///
/// Conform to it to write a layer of your own. A layer never holds state: mode and randomness come
/// with each pass, and what its backward pass needs is kept in memory that the plan asks for.
public protocol Layer: Module, LayerPasses {
    /// Says what the layer makes of its inputs and what it needs for that.
    ///
    /// - Parameter inputs: The shapes of one sample of each input: `[height, width, channels]` or
    ///   `[features]`. A layer in a chain has one input.
    /// - Returns: The plan.
    /// - Throws: `ArchitectureError` where the layer cannot take these inputs.
    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan
}

/// What a layer computes.
public protocol LayerPasses: Sendable {
    /// Derives what all samples need from parameters and statistics; once after each change of
    /// these or of the mode.
    ///
    /// Most layers have nothing to prepare, and leave it out.
    func prepare(_ pass: PreparationPass)

    /// Computes the output from the inputs.
    func forward(_ pass: ForwardPass)

    /// Computes what later layers need of the whole batch, once all samples have passed forward;
    /// only for layers whose plan says `finishesBatch`.
    func finishForward(_ pass: ForwardPass)

    /// Computes what the layer needs of the gradient of the whole batch, before the first sample
    /// passes backward; only for layers whose plan says `finishesBatch`.
    func beginBackward(_ pass: BackwardPass)

    /// Computes the gradient of the inputs, and of the parameters, from the gradient of the output.
    func backward(_ pass: BackwardPass)

    /// Computes the gradients of the parameters from what the workers have added up, once all
    /// samples have passed backward; only for layers whose plan asks for `sumFloats`.
    ///
    /// Of the pass's arrays only parameters, sums and gradients of parameters may be used: those of
    /// samples may have been overwritten. Without a method of its own, a layer gets the sums
    /// themselves as its gradients, and has to have as many as parameters.
    func collectGradients(_ pass: BackwardPass)
}

extension LayerPasses {
    /// Prepares nothing.
    public func prepare(_ pass: PreparationPass) {}

    /// Finishes nothing.
    public func finishForward(_ pass: ForwardPass) {}

    /// Begins nothing.
    public func beginBackward(_ pass: BackwardPass) {}

    /// Takes the sums for the gradients.
    public func collectGradients(_ pass: BackwardPass) {
        pass.collectSums(into: pass.parameterGradients)
    }
}

extension Layer {
    /// Appends the layer to the graph.
    public func connect(
        _ input: Node, in graph: inout GraphBuilder
    ) throws(ArchitectureError) -> Node {
        try graph.append(self, to: [input])
    }
}

/// What a layer makes of its inputs, and what it needs for that.
public struct LayerPlan: Sendable {
    /// The shape of one sample of the output.
    public var output: Shape
    /// The arrays that training changes, in the order in which passes number them.
    public var parameters: [Parameter] = []
    /// The arrays that are measured while training and used without, such as running means.
    public var statistics: [Parameter] = []
    /// Multiply-accumulates for one sample.
    public var multiplyAdds = 0
    /// What the backward pass reads.
    public var backwardReads: BackwardReads = [.input, .output]
    /// Whether `forward` may write its output over its input, and `backward` the gradient of the
    /// input over that of the output.
    public var worksInPlace = false
    /// Bytes a sample that stay as `forward` leaves them until `backward`.
    public var keptBytesPerSample = 0
    /// Floats for the whole batch that stay as `forward` leaves them until `backward`.
    public var keptFloats = 0
    /// Floats that each worker has to itself during a pass.
    public var scratchFloats = 0
    /// Floats that `prepare` derives from parameters and statistics, for all passes until the next
    /// time.
    public var preparedFloats = 0
    /// Floats in which each worker adds up its samples' share of the gradients of the parameters.
    public var sumFloats = 0
    /// Whether a sample's output, and its gradients, depend on that sample alone, so that a batch
    /// may be computed in parts: several layers after each other for a few samples, whose arrays
    /// then stay in the cache.
    ///
    /// Gradients of parameters have to be added up in `sumFloats` then, and neither statistics nor
    /// `keptFloats` may be written but in `finishForward` and `beginBackward`.
    public var isSamplewise = false
    /// Whether `finishForward` has to run before the layers behind this one, and `beginBackward`
    /// after them.
    public var finishesBatch = false
    /// Whether `forward` takes so little time that it does better to run again before `backward`,
    /// a few samples at a time, than to keep its output in memory.
    public var recomputesOutput = false

    /// A plan that needs nothing but room for its output.
    public init(output: Shape) {
        self.output = output
    }

    /// The arrays of the forward pass that a backward pass reads; the others' memory is reused.
    public struct BackwardReads: OptionSet, Sendable {
        /// The bits of the set.
        public let rawValue: Int
        /// The layer's input.
        public static let input = BackwardReads(rawValue: 1)
        /// The layer's output.
        public static let output = BackwardReads(rawValue: 2)

        /// Creates a set from its bits.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }
    }
}

/// An array that belongs to a layer.
public struct Parameter: Sendable {
    /// The name within the layer: `kernel`.
    public var name: String
    /// The lengths of its axes.
    public var shape: Shape
    /// How it is filled before training.
    public var initializer: Initializer
    /// Whether weight decay applies: to the kernels of products, not to biases and scales.
    public var decays: Bool

    /// Describes an array of a layer.
    public init(_ name: String, _ shape: Shape, _ initializer: Initializer, decays: Bool = false) {
        self.name = name
        self.shape = shape
        self.initializer = initializer
        self.decays = decays
    }
}

/// A network that cannot be built: layers that do not fit, or a description that says nothing.
public struct ArchitectureError: Error, Hashable, CustomStringConvertible {
    /// What does not fit, and where: one sentence.
    public var message: String

    /// Creates an error.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
