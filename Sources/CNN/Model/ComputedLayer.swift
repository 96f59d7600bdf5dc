package import Kernels

/// A layer as a workspace computes it: one of the network's, or several at once.
package struct ComputedLayer {
    /// The names of the network's layers: `conv2d_1 + relu_1`.
    package let name: String
    /// How its convolution is computed; nil for other layers.
    package let algorithm: Convolution.Algorithm?
    /// Multiply-adds of the matrix products that the output of one sample takes.
    package let forwardProducts: Int
    /// Multiply-adds of the matrix products that the gradients of one sample take.
    package let backwardProducts: Int
}

extension Workspace {
    /// The layers in the order in which they compute, as `StepTimer` numbers them.
    package var computedLayers: [ComputedLayer] {
        layers.map { layer in
            let block =
                (layer.layer as? MeasuredConvolution)?.block ?? layer.layer as? ConvolutionBlock
            let convolution = block?.convolution
            // Of all other layers only this one is computed by matrix products.
            let products =
                convolution?.productMultiplyAdds
                ?? (layer.layer is Dense ? layer.plan.multiplyAdds : 0)
            // The gradient of the parameters, and that of the input where somebody needs it.
            let gradients = plan.gradients[layer.inputs[0]] == nil ? 1 : 2
            return ComputedLayer(
                name: layer.name, algorithm: convolution?.algorithm, forwardProducts: products,
                backwardProducts: gradients * products)
        }
    }
}
