package import Kernels
import Tensor

/// How the layers of a network are computed; the results are the same but for rounding, and for
/// biases that have no effect because a batch normalization follows.
package struct Execution: Sendable {
    /// Whether layers that follow a convolution are computed with it; see `ConvolutionBlock`.
    package var fusesLayers: Bool
    /// How convolutions are computed, wherever it can be done so; nil for the fastest way.
    package var convolutionAlgorithm: Convolution.Algorithm?

    package init(fusesLayers: Bool = true, convolutionAlgorithm: Convolution.Algorithm? = nil) {
        self.fusesLayers = fusesLayers
        self.convolutionAlgorithm = convolutionAlgorithm
    }

    /// The layers that compute what `layers` describe, in their order.
    func layers(computing layers: [ResolvedLayer], mode: Mode) -> [ResolvedLayer] {
        var readers = Array(repeating: 0, count: layers.count + 1)
        for layer in layers {
            for node in layer.inputs { readers[node] += 1 }
        }
        var computing: [ResolvedLayer] = []
        // Where the array of each described node is found.
        var nodes = Array(repeating: 0, count: layers.count + 1)
        var index = 0
        while index < layers.count {
            let first = layers[index]
            var computed = [first]
            var end = index + 1
            if let convolution = first.layer as? Conv2D {
                var fusion = Fusion(
                    convolution, first,
                    algorithm: algorithm(for: convolution, over: first.inputShapes[0]))
                while fusesLayers, end < layers.count, readers[layers[end - 1].output] == 1,
                    layers[end].inputs == [layers[end - 1].output], fusion.append(layers[end])
                {
                    end += 1
                }
                computed = fusion.layers(mode: mode)
            }
            for (place, var layer) in computed.enumerated() {
                // Of what stands for several layers, each reads what the one before it writes.
                layer.inputs = place == 0 ? first.inputs.map { nodes[$0] } : [computing.count]
                layer.index = computing.count
                layer.output = computing.count + 1
                computing.append(layer)
            }
            nodes[layers[end - 1].output] = computing.count
            index = end
        }
        return computing
    }

    private func algorithm(
        for convolution: Conv2D, over input: Shape
    ) -> Convolution.Algorithm? {
        guard let convolutionAlgorithm,
            convolutionAlgorithm.supports(convolution.shape(over: input))
        else { return nil }
        return convolutionAlgorithm
    }
}

/// A convolution that takes in the layers behind it.
private struct Fusion {
    private var block: ConvolutionBlock
    private var layers: [ResolvedLayer]

    init(_ layer: Conv2D, _ resolved: ResolvedLayer, algorithm: Convolution.Algorithm?) {
        block = layer.block(over: resolved.inputShapes[0], algorithm: algorithm)
        layers = [resolved]
    }

    /// Takes a layer in, if it can be computed with those before it.
    mutating func append(_ next: ResolvedLayer) -> Bool {
        let isRectified = block.negativeSlope != nil
        switch next.layer {
        case let layer as BatchNorm
        where block.normalization == nil && !isRectified && !block.pools
            && block.dropoutRate == nil:
            block.normalization = layer
        case is ReLU where !isRectified && !block.pools && block.dropoutRate == nil:
            block.negativeSlope = 0
        case let layer as LeakyReLU
        where layer.slope <= 1 && !isRectified && !block.pools && block.dropoutRate == nil:
            block.negativeSlope = layer.slope
        case let layer as MaxPool
        where layer.halves(next.inputShapes[0]) && !block.pools && block.dropoutRate == nil:
            block.pools = true
        case let layer as Dropout where block.dropoutRate == nil:
            block.dropoutRate = layer.rate
        default:
            return false
        }
        layers.append(next)
        return true
    }

    /// All layers as one, or as two where a batch is to be measured between them.
    func layers(mode: Mode) -> [ResolvedLayer] {
        guard mode == .training, let normalization = block.normalization else {
            return [layer(layers, block, block.plan(mode: mode))]
        }
        let first = MeasuredConvolution(block: block, normalization: normalization)
        let second = NormalizedOutput(convolution: first)
        // The first half has the arrays of both.
        var measured = layer([layers[0]], first, first.plan())
        measured.takeArrays(of: layers)
        var normalized = layer(Array(layers.dropFirst()), second, second.plan())
        normalized.takeArrays(of: [])
        normalized.inputShapes = [measured.plan.output]
        return [measured, normalized]
    }

    /// Some of the layers as one, with the arrays of them all.
    private func layer(
        _ layers: [ResolvedLayer], _ passes: any LayerPasses, _ plan: LayerPlan
    ) -> ResolvedLayer {
        let random = layers.last { $0.layer is Dropout }
        var layer = layers[0]
        layer.name = layers.map(\.name).joined(separator: " + ")
        layer.layer = passes
        layer.plan = plan
        layer.randomStream = (random ?? layers[0]).randomStream
        layer.takeArrays(of: layers)
        return layer
    }
}

extension ResolvedLayer {
    /// Makes parameters and statistics those of `layers`.
    fileprivate mutating func takeArrays(of layers: [ResolvedLayer]) {
        plan.parameters = layers.flatMap(\.plan.parameters)
        plan.statistics = layers.flatMap(\.plan.statistics)
        parameterOffsets = layers.flatMap(\.parameterOffsets)
        statisticOffsets = layers.flatMap(\.statisticOffsets)
    }
}

extension MaxPool {
    /// Whether the windows are of 2 x 2, side by side from the first pixel on.
    fileprivate func halves(_ input: Shape) -> Bool {
        size == 2 && stride == 2
            && (padding == .valid || (input[0].isMultiple(of: 2) && input[1].isMultiple(of: 2)))
    }
}
