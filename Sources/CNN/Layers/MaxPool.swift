import Kernels
public import Tensor

/// The largest value of each window, channel by channel.
///
/// - input: `[batch, height, width, channels]`
/// - output: `[batch, outputHeight, outputWidth, channels]`; see `Padding` for its size.
///
/// Of equal values in a window the first in row-major order gets the gradient.
public struct MaxPool: Layer, Hashable {
    /// The height and width of the window.
    public var size: Int
    /// The step between two windows.
    public var stride: Int
    /// What windows do at the edges; positions outside do not count.
    public var padding: Padding

    /// Describes a pooling; without a stride, windows stand side by side.
    public init(_ size: Int, stride: Int? = nil, padding: Padding = .valid) {
        self.size = size
        self.stride = stride ?? size
        self.padding = padding
    }

    /// Reads a description; only `size` must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Int.self, forKey: .size),
            stride: try values.decodeIfPresent(Int.self, forKey: .stride),
            padding: try values.decodeIfPresent(Padding.self, forKey: .padding) ?? .valid)
    }

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        try window.validateForPooling(over: inputs[0])
        let shape = window.shape(over: inputs[0])
        var plan = LayerPlan(output: [shape.outputHeight, shape.outputWidth, shape.outputChannels])
        plan.backwardReads = []
        plan.keptBytesPerSample = shape.outputCount
        plan.isSamplewise = true
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        let pooling = Pooling(window.shape(over: pass.inputShape()))
        pass.forEachWorker(with: (pass, pooling)) { context, _, samples in
            let (pass, pooling) = context
            let shape = pooling.shape
            let winners = pass.sampleMemory(of: UInt8.self)
            for sample in samples {
                pooling.maximum(
                    pass.x + sample * shape.inputCount,
                    output: pass.y + sample * shape.outputCount,
                    winners: winners + sample * shape.outputCount)
            }
        }
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        guard let dx = pass.dx else { return }
        let pooling = Pooling(window.shape(over: pass.forward.inputShape()))
        pass.forward.forEachWorker(with: (pass, pooling, dx)) { context, _, samples in
            let (pass, pooling, dx) = context
            let shape = pooling.shape
            let winners = pass.forward.sampleMemory(of: UInt8.self)
            for sample in samples {
                pooling.maximumBackward(
                    outputGradient: pass.dy + sample * shape.outputCount,
                    winners: winners + sample * shape.outputCount,
                    inputGradient: dx + sample * shape.inputCount)
            }
        }
    }

    private var window: SlidingWindow {
        SlidingWindow(size: size, stride: stride, padding: padding)
    }
}
