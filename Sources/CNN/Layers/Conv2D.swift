import Kernels
public import Tensor

/// A two-dimensional convolution.
///
/// - input: `[batch, height, width, channels]`
/// - kernel: `[kernel, kernel, channels / groups, filters]`
/// - bias: `[filters]`
/// - output: `[batch, outputHeight, outputWidth, filters]`; see `Padding` for its size.
///
/// As everywhere in deep learning it is a cross-correlation: the kernel is not flipped.
public struct Conv2D: Layer, Hashable {
    /// The number of output channels.
    public var filters: Int
    /// The height and width of the kernel.
    public var kernel: Int
    /// The step between two positions of the kernel.
    public var stride: Int
    /// What the kernel does at the edges.
    public var padding: Padding
    /// The number of groups; outputs of a group see the inputs of that group only.
    public var groups: Int
    /// Whether a bias is added.
    public var bias: Bool
    /// How the kernel is filled before training; the bias begins at zero.
    public var initializer: Initializer

    /// Describes a convolution.
    public init(
        filters: Int, kernel: Int, stride: Int = 1, padding: Padding = .valid, groups: Int = 1,
        bias: Bool = true, initializer: Initializer = .glorotUniform
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.groups = groups
        self.bias = bias
        self.initializer = initializer
    }

    /// Reads a description; only `filters` and `kernel` must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            filters: try values.decode(Int.self, forKey: .filters),
            kernel: try values.decode(Int.self, forKey: .kernel),
            stride: try values.decodeIfPresent(Int.self, forKey: .stride) ?? 1,
            padding: try values.decodeIfPresent(Padding.self, forKey: .padding) ?? .valid,
            groups: try values.decodeIfPresent(Int.self, forKey: .groups) ?? 1,
            bias: try values.decodeIfPresent(Bool.self, forKey: .bias) ?? true,
            initializer: try values.decodeIfPresent(Initializer.self, forKey: .initializer)
                ?? .glorotUniform)
    }

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        try window.validate(over: inputs[0])
        guard 1...(1 << 20) ~= filters else {
            throw ArchitectureError("a convolution has 1 to 1,048,576 filters, not \(filters)")
        }
        guard groups >= 1, filters % groups == 0, inputs[0][2] % groups == 0 else {
            throw ArchitectureError(
                "\(groups) groups do not divide both \(filters) filters and the channels of "
                    + "\(inputs[0])")
        }
        let shape = shape(over: inputs[0])
        guard shape.outputCount <= GraphBuilder.elementLimit,
            shape.filterCount <= GraphBuilder.elementLimit
        else {
            throw ArchitectureError("\(filters) filters over \(inputs[0]) are too many to compute")
        }
        return block(over: inputs[0]).plan(mode: .training)
    }

    /// Derives from the kernel what the passes over all images need.
    public func prepare(_ pass: PreparationPass) {
        block(over: pass.inputShape()).prepare(pass)
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        block(over: pass.inputShape()).forward(pass)
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        block(over: pass.forward.inputShape()).backward(pass)
    }

    /// Computes the gradients of the parameters.
    public func collectGradients(_ pass: BackwardPass) {
        block(over: pass.forward.inputShape()).collectGradients(pass)
    }

    /// The convolution with nothing behind it, and all that follows from its sizes.
    func block(
        over input: Shape, algorithm: Convolution.Algorithm? = nil
    ) -> ConvolutionBlock {
        ConvolutionBlock(self, over: input, algorithm: algorithm)
    }

    /// All sizes over an input of `[height, width, channels]`.
    func shape(over input: Shape) -> ConvolutionShape {
        window.shape(over: input, outputChannels: filters, groups: groups)
    }

    private var window: SlidingWindow {
        SlidingWindow(size: kernel, stride: stride, padding: padding)
    }
}
