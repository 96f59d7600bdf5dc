/// A convolution of some images, forward and backward, by the algorithm that suits its shape.
///
/// This is the one place that chooses how convolutions are computed. Arrays, `[images, ...]`, have
/// the shapes of `ConvolutionShape`. A step is
///
/// 1. `prepare`, once, with the filters;
/// 2. `forward` and `backward`, any number of workers at a time, each with some of the images and
///    with scratch and sums of its own;
/// 3. `finish`, once, which makes the gradient of the filters out of the workers' sums.
///
/// The output, and its gradient on the way back, passes in patches: see `OutputPatch`.
package struct Convolution: Sendable {
    /// The ways to compute a convolution.
    package enum Algorithm: Hashable, Sendable, CaseIterable {
        /// Each channel by itself; needs as many groups as input channels.
        case depthwise
        /// Columns that lie tap by tap times the filters; for few input channels.
        case fewChannels
        /// Winograd's F(4 x 4, 3 x 3); for filters of 3 x 3 with a stride of 1.
        case winograd4x4
        /// Winograd's F(2 x 2, 3 x 3); for the same filters on small images.
        case winograd2x2
        /// Blocks of im2col columns times the filters; does every shape.
        case matrixProduct

        /// Whether the algorithm can compute convolutions of this shape.
        package func supports(_ shape: ConvolutionShape) -> Bool {
            switch self {
            case .depthwise: shape.groupInputs == 1 && shape.groupOutputs == 1
            case .fewChannels: FewChannelConvolution.supports(shape)
            case .winograd4x4: WinogradConvolution<WinogradTile4x4>.supports(shape)
            case .winograd2x2: WinogradConvolution<WinogradTile2x2>.supports(shape)
            case .matrixProduct: true
            }
        }
    }

    package let shape: ConvolutionShape
    package let algorithm: Algorithm
    private let kernel: Kernel

    /// The algorithms with what they derive from the shape.
    private enum Kernel {
        case depthwise(DepthwiseConvolution)
        case fewChannels(FewChannelConvolution)
        case winograd4x4(WinogradConvolution<WinogradTile4x4>)
        case winograd2x2(WinogradConvolution<WinogradTile2x2>)
        case matrixProduct(MatrixProductConvolution)
    }

    /// Chooses an algorithm, unless one is forced.
    ///
    /// - Precondition: A forced algorithm supports the shape.
    package init(_ shape: ConvolutionShape, algorithm forced: Algorithm? = nil) {
        let algorithm = forced ?? Self.choice(for: shape)
        precondition(algorithm.supports(shape), "\(algorithm) does not compute \(shape)")
        self.shape = shape
        self.algorithm = algorithm
        kernel =
            switch algorithm {
            case .depthwise: .depthwise(DepthwiseConvolution(shape))
            case .fewChannels: .fewChannels(FewChannelConvolution(shape))
            case .winograd4x4: .winograd4x4(WinogradConvolution(shape))
            case .winograd2x2: .winograd2x2(WinogradConvolution(shape))
            case .matrixProduct: .matrixProduct(MatrixProductConvolution(shape))
            }
    }

    private static func choice(for shape: ConvolutionShape) -> Algorithm {
        if Algorithm.depthwise.supports(shape) { return .depthwise }
        if shape.groups == 1, shape.inputChannels < 8, shape.depth <= 64 { return .fewChannels }
        guard Algorithm.winograd4x4.supports(shape) else {
            return .matrixProduct
        }
        let products4 = shape.tileCount(of: 4) * 36
        let products2 = shape.tileCount(of: 2) * 16
        return products4 < products2 ? .winograd4x4 : .winograd2x2
    }

    /// Multiply-adds of the matrix products that compute the output of one image; the gradient of the
    /// filters takes as many, and so does that of the input.
    package var productMultiplyAdds: Int {
        switch kernel {
        case .depthwise: 0
        case .fewChannels, .matrixProduct: shape.multiplyAdds
        case .winograd4x4(let kernel): kernel.productMultiplyAdds
        case .winograd2x2(let kernel): kernel.productMultiplyAdds
        }
    }

    /// The number of floats that each worker needs to compute with.
    package var scratchCount: Int {
        switch kernel {
        case .depthwise(let kernel): kernel.scratchCount
        case .fewChannels(let kernel): kernel.scratchCount
        case .winograd4x4(let kernel): kernel.scratchCount
        case .winograd2x2(let kernel): kernel.scratchCount
        case .matrixProduct(let kernel): kernel.scratchCount
        }
    }

    /// The number of floats in which each worker adds up the gradient of the filters, in a form of
    /// the algorithm's own.
    package var sumCount: Int {
        switch kernel {
        case .depthwise, .fewChannels, .matrixProduct: shape.filterCount
        case .winograd4x4(let kernel): kernel.sumCount
        case .winograd2x2(let kernel): kernel.sumCount
        }
    }

    /// The number of floats that `prepare` derives from the filters.
    package func preparedCount(forBackward: Bool) -> Int {
        switch kernel {
        case .depthwise, .fewChannels: 0
        case .winograd4x4(let kernel): kernel.preparedCount(forBackward: forBackward)
        case .winograd2x2(let kernel): kernel.preparedCount(forBackward: forBackward)
        case .matrixProduct(let kernel): kernel.preparedCount(forBackward: forBackward)
        }
    }

    /// Derives from the filters what the passes over all images need.
    package func prepare(
        filters: UnsafePointer<Float>, into prepared: UnsafeMutablePointer<Float>,
        forBackward: Bool, pool: ThreadPool
    ) {
        switch kernel {
        case .depthwise, .fewChannels: break
        case .winograd4x4(let kernel):
            kernel.prepare(filters: filters, into: prepared, forBackward: forBackward, pool: pool)
        case .winograd2x2(let kernel):
            kernel.prepare(filters: filters, into: prepared, forBackward: forBackward, pool: pool)
        case .matrixProduct(let kernel):
            if forBackward { kernel.prepare(filters: filters, into: prepared) }
        }
    }

    /// Computes the output of some images, and hands it over in patches.
    ///
    /// - Parameters:
    ///   - input: `[images, inputHeight, inputWidth, inputChannels]`.
    ///   - images: The number of images.
    ///   - filters: The filters.
    ///   - prepared: What `prepare` made of them.
    ///   - scratch: `[scratchCount]`.
    ///   - write: Takes a patch, whose memory is used again after that.
    package func forward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        prepared: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
        write: (OutputPatch) -> Void
    ) {
        switch kernel {
        case .depthwise(let kernel):
            kernel.forward(
                input: input, images: images, filters: filters, scratch: scratch, write: write)
        case .fewChannels(let kernel):
            kernel.forward(
                input: input, images: images, filters: filters, scratch: scratch, write: write)
        case .winograd4x4(let kernel):
            kernel.forward(
                input: input, images: images, prepared: prepared, scratch: scratch, write: write)
        case .winograd2x2(let kernel):
            kernel.forward(
                input: input, images: images, prepared: prepared, scratch: scratch, write: write)
        case .matrixProduct(let kernel):
            kernel.forward(
                input: input, images: images, filters: filters, scratch: scratch, write: write)
        }
    }

    /// Adds the images' share to the sums from which the gradient of the filters comes, and writes
    /// the gradient of the input where one is asked for.
    ///
    /// - Parameters:
    ///   - input: `[images, inputHeight, inputWidth, inputChannels]`.
    ///   - images: The number of images.
    ///   - filters: The filters.
    ///   - prepared: What `prepare` made of them, `forBackward`.
    ///   - sums: `[sumCount]`, zero at first.
    ///   - inputGradient: In the shape of the input.
    ///   - scratch: `[scratchCount]`.
    ///   - read: Fills a patch with the gradient of the output.
    package func backward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        prepared: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutablePointer<Float>,
        read: (OutputPatch) -> Void
    ) {
        switch kernel {
        case .depthwise(let kernel):
            kernel.backward(
                input: input, images: images, filters: filters, filterGradient: sums,
                inputGradient: inputGradient, scratch: scratch, read: read)
        case .fewChannels(let kernel):
            kernel.backward(
                input: input, images: images, filters: filters, filterGradient: sums,
                inputGradient: inputGradient, scratch: scratch, read: read)
        case .winograd4x4(let kernel):
            kernel.backward(
                input: input, images: images, prepared: prepared, sums: sums,
                inputGradient: inputGradient, scratch: scratch, read: read)
        case .winograd2x2(let kernel):
            kernel.backward(
                input: input, images: images, prepared: prepared, sums: sums,
                inputGradient: inputGradient, scratch: scratch, read: read)
        case .matrixProduct(let kernel):
            kernel.backward(
                input: input, images: images, prepared: prepared, filterGradient: sums,
                inputGradient: inputGradient, scratch: scratch, read: read)
        }
    }

    /// Writes the gradient of the filters.
    package func finish(
        _ sums: WorkerSums, into filterGradient: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
        switch kernel {
        case .depthwise, .fewChannels, .matrixProduct:
            sums.collect(count: shape.filterCount, into: filterGradient, pool: pool)
        case .winograd4x4(let kernel): kernel.finish(sums, into: filterGradient, pool: pool)
        case .winograd2x2(let kernel): kernel.finish(sums, into: filterGradient, pool: pool)
        }
    }
}

extension ConvolutionShape {
    /// How many squares of outputs cover the output.
    fileprivate func tileCount(of size: Int) -> Int {
        ((outputHeight + size - 1) / size) * ((outputWidth + size - 1) / size)
    }
}
