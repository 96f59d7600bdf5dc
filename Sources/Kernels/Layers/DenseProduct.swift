/// The products of a fully connected layer, each divided among the workers of a pool.
///
/// - x: `[batch, inputs]`
/// - weights: `[inputs, outputs]`
/// - bias: `[outputs]`
/// - y: `[batch, outputs]`
package struct DenseProduct: Sendable {
    package let inputs: Int
    package let outputs: Int

    package init(inputs: Int, outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Workers take ranges that are multiples of this, a cache line of floats.
    private static let grain = 16

    /// Writes `y = x w + b`, a range of outputs a worker.
    package func forward(
        x: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        y: UnsafeMutablePointer<Float>, batch: Int, pool: ThreadPool
    ) {
        pool.split(outputs, grain: Self.grain, with: (self, x, weights, bias, y, batch)) {
            context, _, range in
            let (layer, x, weights, bias, y, batch) = context
            let outputs = layer.outputs
            let start = range.lowerBound
            if let bias {
                for row in 0..<batch {
                    (y + row * outputs + start).update(from: bias + start, count: range.count)
                }
            }
            let product = GEMM(
                rows: batch, columns: range.count, depth: layer.inputs,
                strideB: outputs, strideC: outputs, beta: bias == nil ? 0 : 1)
            product(x, weights + start, y + start)
        }
    }

    /// Writes the gradients of weights (`xᵀ dy`) and bias, and of the input (`dy wᵀ`) where one is
    /// asked for; a range of inputs a worker.
    package func backward(
        x: UnsafePointer<Float>, weights: UnsafePointer<Float>, dy: UnsafePointer<Float>,
        weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>?,
        dx: UnsafeMutablePointer<Float>?, batch: Int, pool: ThreadPool
    ) {
        if let biasGradient {
            biasGradient.update(repeating: 0, count: outputs)
            accumulateRows(dy, rows: batch, columns: outputs, into: biasGradient)
        }
        pool.split(
            inputs, grain: Self.grain, with: (self, x, weights, dy, weightGradient, dx, batch)
        ) {
            context, _, range in
            let (layer, x, weights, dy, weightGradient, dx, batch) = context
            let (inputs, outputs) = (layer.inputs, layer.outputs)
            let start = range.lowerBound
            let toWeights = GEMM(
                rows: range.count, columns: outputs, depth: batch,
                transposesA: true, strideA: inputs)
            toWeights(x + start, dy, weightGradient + start * outputs)
            guard let dx else { return }
            let toInput = GEMM(
                rows: batch, columns: range.count, depth: outputs,
                transposesB: true, strideC: inputs)
            toInput(dy, weights + start * outputs, dx + start)
        }
    }
}
