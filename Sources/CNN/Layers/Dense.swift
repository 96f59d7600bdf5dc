import Kernels
public import Tensor

/// A fully connected layer: `y = x kernel + bias`.
///
/// - input: `[batch, features]`
/// - kernel: `[features, units]`
/// - bias: `[units]`
/// - output: `[batch, units]`
public struct Dense: Layer, Hashable {
    /// The number of outputs.
    public var units: Int
    /// Whether a bias is added.
    public var bias: Bool
    /// How the kernel is filled before training; the bias begins at zero.
    public var initializer: Initializer

    /// Describes a fully connected layer.
    public init(_ units: Int, bias: Bool = true, initializer: Initializer = .glorotUniform) {
        self.units = units
        self.bias = bias
        self.initializer = initializer
    }

    /// Reads a description; only `units` must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Int.self, forKey: .units),
            bias: try values.decodeIfPresent(Bool.self, forKey: .bias) ?? true,
            initializer: try values.decodeIfPresent(Initializer.self, forKey: .initializer)
                ?? .glorotUniform)
    }

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard inputs[0].rank == 1 else {
            throw ArchitectureError("takes [features], not \(inputs[0]); put Flatten() before it")
        }
        guard 1...(1 << 24) ~= units else {
            throw ArchitectureError(
                "a fully connected layer has 1 to 16,777,216 units, not \(units)")
        }
        let features = inputs[0].elementCount
        var plan = LayerPlan(output: [units])
        plan.parameters = [Parameter("kernel", [features, units], initializer, decays: true)]
        if bias { plan.parameters.append(Parameter("bias", [units], .zeros)) }
        plan.multiplyAdds = features * units
        plan.backwardReads = .input
        plan.scratchFloats = DenseProduct(inputs: features, outputs: units).scratchCount
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        product(over: pass).forward(
            x: pass.x, weights: pass.weights(0), bias: bias ? pass.weights(1) : nil, y: pass.y,
            batch: pass.batch, pool: pass.pool)
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        product(over: pass.forward).backward(
            x: pass.forward.x, weights: pass.forward.weights(0), dy: pass.dy,
            weightGradient: pass.weightGradient(0),
            biasGradient: bias ? pass.weightGradient(1) : nil, dx: pass.dx,
            batch: pass.forward.batch, scratch: pass.forward.workerMemory(0),
            scratchStride: pass.forward.workerMemory(1) - pass.forward.workerMemory(0),
            pool: pass.forward.pool)
    }

    private func product(over pass: ForwardPass) -> DenseProduct {
        DenseProduct(inputs: pass.inputShape().elementCount, outputs: units)
    }
}
