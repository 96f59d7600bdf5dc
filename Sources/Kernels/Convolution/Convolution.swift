/// A convolution of one image, forward and backward, by the algorithm that suits its shape.
///
/// Shapes are those of `ConvolutionShape`; `bias` is `[outputChannels]`. This is the one place that
/// chooses how convolutions are computed.
package struct Convolution: Sendable {
    /// The ways to compute a convolution.
    package enum Algorithm: Hashable, Sendable, CaseIterable {
        /// Each channel by itself; needs as many groups as input channels.
        case depthwise
        /// Blocks of im2col columns times the filters; does every shape.
        case matrixProduct

        /// Whether the algorithm can compute convolutions of this shape.
        package func supports(_ shape: ConvolutionShape) -> Bool {
            switch self {
            case .depthwise: shape.groupInputs == 1 && shape.groupOutputs == 1
            case .matrixProduct: true
            }
        }
    }

    package let shape: ConvolutionShape
    package let algorithm: Algorithm

    /// Chooses an algorithm, unless one is forced.
    ///
    /// - Precondition: A forced algorithm supports the shape.
    package init(_ shape: ConvolutionShape, algorithm forced: Algorithm? = nil) {
        let algorithm =
            forced ?? (Algorithm.depthwise.supports(shape) ? .depthwise : .matrixProduct)
        precondition(algorithm.supports(shape), "\(algorithm) does not compute \(shape)")
        self.shape = shape
        self.algorithm = algorithm
    }

    /// The number of floats that each worker needs to compute with.
    package var scratchCount: Int {
        switch algorithm {
        case .depthwise: 0
        case .matrixProduct: MatrixProductConvolution(shape).scratchCount
        }
    }

    /// The number of floats that `prepare` derives from the filters for the backward pass.
    package var preparedCount: Int {
        switch algorithm {
        case .depthwise: 0
        case .matrixProduct: MatrixProductConvolution(shape).preparedCount
        }
    }

    /// Derives from the filters what every image's backward pass needs; once a step.
    package func prepare(
        filters: UnsafePointer<Float>, into prepared: UnsafeMutablePointer<Float>
    ) {
        switch algorithm {
        case .depthwise: break
        case .matrixProduct:
            MatrixProductConvolution(shape).prepare(filters: filters, into: prepared)
        }
    }

    /// Writes the output of one image; without a bias it is zero.
    package func forward(
        input: UnsafePointer<Float>, filters: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        if let bias {
            broadcastRow(
                bias, rows: shape.outputPixels, columns: shape.outputChannels, into: output)
        } else {
            output.update(repeating: 0, count: shape.outputCount)
        }
        switch algorithm {
        case .depthwise:
            DepthwiseConvolution(shape).forward(input: input, filters: filters, output: output)
        case .matrixProduct:
            MatrixProductConvolution(shape).forward(
                input: input, filters: filters, output: output, scratch: scratch)
        }
    }

    /// Adds one image's share to the gradient of the filters, and writes the gradient of the input
    /// where one is asked for.
    package func backward(
        input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        filters: UnsafePointer<Float>, prepared: UnsafePointer<Float>,
        filterGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        scratch: UnsafeMutablePointer<Float>
    ) {
        inputGradient?.update(repeating: 0, count: shape.inputCount)
        switch algorithm {
        case .depthwise:
            DepthwiseConvolution(shape).backward(
                input: input, outputGradient: outputGradient, filters: filters,
                filterGradient: filterGradient, inputGradient: inputGradient)
        case .matrixProduct:
            MatrixProductConvolution(shape).backward(
                input: input, outputGradient: outputGradient, prepared: prepared,
                filterGradient: filterGradient, inputGradient: inputGradient, scratch: scratch)
        }
    }
}
