/// All sizes of a two-dimensional convolution over one image.
///
/// - input: `[inputHeight, inputWidth, inputChannels]`
/// - filters: `[kernelHeight, kernelWidth, inputChannels / groups, outputChannels]`
/// - output: `[outputHeight, outputWidth, outputChannels]`
///
/// Output position (y, x) sees the input from `(y * stride - paddingTop, x * stride - paddingLeft)`
/// on; what lies outside of the input is zero.
package struct ConvolutionShape: Hashable, Sendable {
    package var inputHeight: Int
    package var inputWidth: Int
    package var inputChannels: Int
    package var outputHeight: Int
    package var outputWidth: Int
    package var outputChannels: Int
    package var kernelHeight: Int
    package var kernelWidth: Int
    package var stride: Int
    package var paddingTop: Int
    package var paddingLeft: Int
    package var groups: Int

    package init(
        inputHeight: Int, inputWidth: Int, inputChannels: Int,
        outputHeight: Int, outputWidth: Int, outputChannels: Int,
        kernelHeight: Int, kernelWidth: Int, stride: Int,
        paddingTop: Int, paddingLeft: Int, groups: Int
    ) {
        self.inputHeight = inputHeight
        self.inputWidth = inputWidth
        self.inputChannels = inputChannels
        self.outputHeight = outputHeight
        self.outputWidth = outputWidth
        self.outputChannels = outputChannels
        self.kernelHeight = kernelHeight
        self.kernelWidth = kernelWidth
        self.stride = stride
        self.paddingTop = paddingTop
        self.paddingLeft = paddingLeft
        self.groups = groups
    }

    /// The number of floats of one image that goes in.
    package var inputCount: Int { inputHeight * inputWidth * inputChannels }
    /// The number of positions of the output.
    package var outputPixels: Int { outputHeight * outputWidth }
    /// The number of floats of one image that comes out.
    package var outputCount: Int { outputPixels * outputChannels }
    /// Input channels that one filter sees.
    package var groupInputs: Int { inputChannels / groups }
    /// Filters that share their input channels.
    package var groupOutputs: Int { outputChannels / groups }
    /// The number of inputs that are summed for one output.
    package var depth: Int { kernelHeight * kernelWidth * groupInputs }
    /// The number of floats of the filters.
    package var filterCount: Int { depth * outputChannels }
    /// Multiply-accumulates for one image.
    package var multiplyAdds: Int { outputPixels * depth * outputChannels }
}
