import Tensor

/// One step of an optimizer over a contiguous run of parameters: plain data, no allocation.
///
/// The memory belongs to the caller, and must stay valid during the call that receives the update.
public struct ParameterUpdate {
    /// The number of this step; the first is 1.
    public var step: Int
    /// The learning rate of this step.
    public var learningRate: Float
    /// The factor by which every gradient is multiplied first; below 1 where `GradientClipping`
    /// limits the norm.
    public var gradientScale: Float
    /// Whether weight decay applies; false for biases and the parameters of `BatchNorm`.
    public var decays: Bool
    /// The parameters, `[count]`.
    public var parameters: UnsafeMutableBufferPointer<Float>
    /// The derivative of the loss by each parameter, `[count]`.
    public var gradients: UnsafeBufferPointer<Float>

    private let moments: UnsafeMutablePointer<Float>?
    private let momentStride: Int

    /// Creates the update of one run.
    ///
    /// - Parameters:
    ///   - step: The number of this step; the first is 1.
    ///   - learningRate: The learning rate of this step.
    ///   - gradientScale: The factor by which every gradient is multiplied first.
    ///   - decays: Whether weight decay applies.
    ///   - parameters: The parameters, `[count]`.
    ///   - gradients: Their gradients, `[count]`.
    ///   - moments: Where the first moment of the run begins; nil if the optimizer needs none.
    ///   - momentStride: The distance in floats from one moment of a parameter to the next.
    /// - Precondition: There are as many gradients as parameters, and `step` is at least 1.
    public init(
        step: Int, learningRate: Float, gradientScale: Float = 1, decays: Bool = true,
        parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
        moments: UnsafeMutablePointer<Float>? = nil, momentStride: Int = 0
    ) {
        require(step >= 1, "the first update is step 1, not \(step)")
        require(
            parameters.count == gradients.count,
            "an update of [\(parameters.count)] parameters needs as many gradients, not "
                + "[\(gradients.count)]")
        self.step = step
        self.learningRate = learningRate
        self.gradientScale = gradientScale
        self.decays = decays
        self.parameters = parameters
        self.gradients = gradients
        self.moments = moments
        self.momentStride = momentStride
    }

    /// The same step over a part of the parameters.
    func restricted(to range: Range<Int>, decays: Bool) -> ParameterUpdate {
        ParameterUpdate(
            step: step, learningRate: learningRate, gradientScale: gradientScale, decays: decays,
            parameters: UnsafeMutableBufferPointer(rebasing: parameters[range]),
            gradients: UnsafeBufferPointer(rebasing: gradients[range]),
            moments: moments.map { $0 + range.lowerBound }, momentStride: momentStride)
    }

    /// The number of parameters.
    public var count: Int { parameters.count }

    /// One moment of each parameter, `[count]`; zero before the first step.
    ///
    /// - Precondition: `index` is below the `momentCount` of the optimizer.
    public func moment(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
        require(moments != nil, "an update without moments was asked for moment \(index)")
        return UnsafeMutableBufferPointer(
            start: moments.map { $0 + index * momentStride }, count: count)
    }
}
