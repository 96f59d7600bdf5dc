/// Noise that is added to every sample of a picture, as a sensor does in little light.
package struct PictureNoise: Equatable {
    /// The standard deviation, where samples are 0...255.
    package var deviation: Float
    /// The seed of the noise.
    package var seed: UInt64

    package init(deviation: Float, seed: UInt64) {
        self.deviation = deviation
        self.seed = seed
    }

    /// Adds nearly normal noise to `count` inputs, and keeps them within what a sample can be.
    package func apply(
        to inputs: UnsafeMutablePointer<Float>, count: Int, scaling: SampleScaling
    ) {
        let noise = PixelNoise(seed: seed)
        let (black, white) = (scaling(0), scaling(255))
        let deviation = deviation / 255 * (white - black)
        for index in 0..<count {
            inputs[index] = min(
                max(inputs[index] + deviation * noise.normal(at: index), black), white)
        }
    }
}
