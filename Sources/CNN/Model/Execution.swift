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
            var layer = first
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
                layer = fusion.layer(mode: mode)
            }
            layer.index = computing.count
            layer.inputs = first.inputs.map { nodes[$0] }
            layer.output = computing.count + 1
            nodes[layers[end - 1].output] = layer.output
            computing.append(layer)
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

    /// All layers as one.
    func layer(mode: Mode) -> ResolvedLayer {
        var plan = block.plan(mode: mode)
        plan.parameters = layers.flatMap(\.plan.parameters)
        plan.statistics = layers.flatMap(\.plan.statistics)
        let random = layers.last { $0.layer is Dropout }
        return ResolvedLayer(
            name: layers.map(\.name).joined(separator: " + "), layer: block, plan: plan, index: 0,
            randomStream: (random ?? layers[0]).randomStream, inputs: layers[0].inputs,
            inputShapes: layers[0].inputShapes, output: 0,
            parameterOffsets: layers.flatMap(\.parameterOffsets),
            statisticOffsets: layers.flatMap(\.statisticOffsets))
    }
}

extension MaxPool {
    /// Whether the windows are of 2 x 2, side by side from the first pixel on.
    fileprivate func halves(_ input: Shape) -> Bool {
        size == 2 && stride == 2
            && (padding == .valid || (input[0].isMultiple(of: 2) && input[1].isMultiple(of: 2)))
    }
}
