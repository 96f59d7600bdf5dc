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
    ///
    /// - Parameters:
    ///   - x: The input.
    ///   - weights: The weights.
    ///   - dy: The gradient of the output.
    ///   - weightGradient: That of the weights.
    ///   - biasGradient: That of the bias.
    ///   - dx: That of the input.
    ///   - batch: The number of samples.
    ///   - scratch: `[scratchCount]` floats for each worker.
    ///   - scratchStride: The distance in floats from a worker's to the next one's.
    ///   - pool: The workers.
    package func backward(
        x: UnsafePointer<Float>, weights: UnsafePointer<Float>, dy: UnsafePointer<Float>,
        weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>?,
        dx: UnsafeMutablePointer<Float>?, batch: Int,
        scratch: UnsafeMutablePointer<Float>, scratchStride: Int, pool: ThreadPool
    ) {
        if let biasGradient {
            biasGradient.update(repeating: 0, count: outputs)
            accumulateRows(dy, rows: batch, columns: outputs, into: biasGradient)
        }
        let arrays = (x, weights, dy, weightGradient, dx, batch, scratch, scratchStride)
        pool.split(inputs, grain: Self.grain, with: (self, arrays)) { context, worker, range in
            let (layer, arrays) = context
            let (x, weights, dy, weightGradient, dx, batch, scratch, scratchStride) = arrays
            let toWeights = GEMM(
                rows: range.count, columns: layer.outputs, depth: batch, transposesA: true,
                strideA: layer.inputs)
            toWeights(x + range.lowerBound, dy, weightGradient + range.lowerBound * layer.outputs)
            guard let dx else { return }
            layer.inputGradient(
                of: range, dy: dy, weights: weights, dx: dx, batch: batch,
                scratch: scratch + worker * scratchStride)
        }
    }

    // MARK: - Gradient of the input

    /// A panel of the weights, which stays in the cache together with its share of the gradient.
    private static let panel = (inputs: 64, outputs: 128, samples: 64)

    /// Whether the gradient of the input is computed in panels, which takes room for that of the
    /// output: with as many outputs as fit the cache.
    private var hasPanels: Bool { outputs <= 4096 }

    /// The number of floats that each worker needs in `backward`.
    package var scratchCount: Int {
        hasPanels ? (outputs + Self.panel.inputs) * Self.panel.samples : 0
    }

    /// Writes the gradient of a range of inputs.
    ///
    /// `dx = dy wᵀ` has its second operand transposed, which OpenBLAS copies first. `dxᵀ = w dyᵀ` has
    /// not, in panels it takes the kernels for small products, and turning the two gradients around
    /// costs little.
    private func inputGradient(
        of range: Range<Int>, dy: UnsafePointer<Float>, weights: UnsafePointer<Float>,
        dx: UnsafeMutablePointer<Float>, batch: Int, scratch: UnsafeMutablePointer<Float>
    ) {
        guard hasPanels, batch >= 16, BLAS.shared.hasSmallKernels else {
            let product = GEMM(
                rows: batch, columns: range.count, depth: outputs, transposesB: true,
                strideC: inputs)
            return product(dy, weights + range.lowerBound * outputs, dx + range.lowerBound)
        }
        let (turnedOutput, turnedInput) = (scratch, scratch + outputs * Self.panel.samples)
        for sample in stride(from: 0, to: batch, by: Self.panel.samples) {
            let samples = min(Self.panel.samples, batch - sample)
            transpose(
                dy + sample * outputs, rows: samples, columns: outputs, into: turnedOutput)
            for input in stride(
                from: range.lowerBound, to: range.upperBound, by: Self.panel.inputs)
            {
                let rows = min(Self.panel.inputs, range.upperBound - input)
                for output in stride(from: 0, to: outputs, by: Self.panel.outputs) {
                    let product = GEMM(
                        rows: rows, columns: samples,
                        depth: min(Self.panel.outputs, outputs - output), strideA: outputs,
                        beta: output == 0 ? 0 : 1)
                    product(
                        weights + (input * outputs + output), turnedOutput + output * samples,
                        turnedInput)
                }
                transpose(
                    turnedInput, rows: rows, columns: samples,
                    into: dx + (sample * inputs + input), targetStride: inputs)
            }
        }
    }
}
