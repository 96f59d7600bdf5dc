/// How a sample of 0...255 becomes an input: `(sample / 255 - mean) / spread`.
package struct SampleScaling {
    package var mean: Float
    package var spread: Float

    package init(mean: Float, spread: Float) {
        self.mean = mean
        self.spread = spread
    }

    @inline(__always)
    package func callAsFunction(_ sample: Float) -> Float {
        (sample / 255 - mean) / spread
    }

    /// Scales a picture, `[height, width, channels]`, of `count` samples in all.
    package func scale(
        _ samples: UnsafePointer<UInt8>, into inputs: UnsafeMutablePointer<Float>, count: Int
    ) {
        for index in 0..<count {
            inputs[index] = self(Float(samples[index]))
        }
    }
}
