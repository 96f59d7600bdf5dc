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
        let convolution = convolution(over: inputs[0])
        let shape = convolution.shape
        guard shape.outputCount <= GraphBuilder.elementLimit,
            shape.filterCount <= GraphBuilder.elementLimit
        else {
            throw ArchitectureError("\(filters) filters over \(inputs[0]) are too many to compute")
        }
        var plan = LayerPlan(output: [shape.outputHeight, shape.outputWidth, filters])
        plan.parameters = [
            Parameter(
                "kernel", [kernel, kernel, shape.groupInputs, filters], initializer, decays: true)
        ]
        if bias { plan.parameters.append(Parameter("bias", [filters], .zeros)) }
        plan.multiplyAdds = shape.multiplyAdds
        plan.backwardReads = .input
        plan.keptFloats = convolution.preparedCount
        plan.scratchFloats = convolution.scratchCount + shape.filterCount + (bias ? filters : 0)
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        let convolution = convolution(over: pass.inputShape())
        pass.forEachWorker(with: (pass, convolution, bias)) { context, worker, samples in
            let (pass, convolution, bias) = context
            let shape = convolution.shape
            for sample in samples {
                convolution.forward(
                    input: pass.x + sample * shape.inputCount, filters: pass.weights(0),
                    bias: bias ? pass.weights(1) : nil,
                    output: pass.y + sample * shape.outputCount,
                    scratch: pass.workerMemory(worker))
            }
        }
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        let convolution = convolution(over: pass.forward.inputShape())
        convolution.prepare(filters: pass.forward.weights(0), into: pass.forward.batchMemory)
        pass.sumParameterGradients(with: (pass, convolution, bias)) {
            context, samples, gradients, scratch in
            let (pass, convolution, bias) = context
            let shape = convolution.shape
            for sample in samples {
                let dy = pass.dy + sample * shape.outputCount
                convolution.backward(
                    input: pass.forward.x + sample * shape.inputCount, outputGradient: dy,
                    filters: pass.forward.weights(0), prepared: pass.forward.batchMemory,
                    filterGradient: gradients,
                    inputGradient: pass.dx.map { $0 + sample * shape.inputCount },
                    scratch: scratch)
                if bias {
                    accumulateRows(
                        dy, rows: shape.outputPixels, columns: shape.outputChannels,
                        into: gradients + shape.filterCount)
                }
            }
        }
    }

    private var window: SlidingWindow {
        SlidingWindow(size: kernel, stride: stride, padding: padding)
    }

    private func convolution(over input: Shape) -> Convolution {
        Convolution(window.shape(over: input, outputChannels: filters, groups: groups))
    }
}
