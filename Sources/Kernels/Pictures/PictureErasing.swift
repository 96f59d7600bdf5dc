/// A rectangle of a picture that noise takes the place of.
package struct PictureErasing: Equatable {
    package var rows: Range<Int>
    package var columns: Range<Int>
    /// The seed of the noise.
    package var seed: UInt64

    package init(rows: Range<Int>, columns: Range<Int>, seed: UInt64) {
        self.rows = rows
        self.columns = columns
        self.seed = seed
    }

    /// Fills the rectangle of the inputs, `[height, width, channels]`, with scaled uniform noise.
    package func apply(
        to inputs: UnsafeMutablePointer<Float>, width: Int, channels: Int, scaling: SampleScaling
    ) {
        let noise = PixelNoise(seed: seed)
        for row in rows {
            for index in (row * width + columns.lowerBound)
                * channels..<(row * width + columns.upperBound) * channels
            {
                inputs[index] = scaling(noise.sample(at: index))
            }
        }
    }
}
