extension Canvas {
    /// What a camera makes of a scene.
    package struct Exposure {
        /// How much the light grows per pixel to the right and downwards, as a fraction.
        package var gradient: SIMD2<Float>
        /// Where the light has its nominal strength.
        package var center: SIMD2<Float>
        /// The factor by which levels are spread about middle gray.
        package var contrast: Float
        /// What is added to every level.
        package var brightness: Float
        /// The standard deviation of the sensor's noise, as a fraction of white.
        package var noise: Float

        package init(
            gradient: SIMD2<Float>, center: SIMD2<Float>, contrast: Float, brightness: Float,
            noise: Float
        ) {
            self.gradient = gradient
            self.center = center
            self.contrast = contrast
            self.brightness = brightness
            self.noise = noise
        }
    }

    /// Lights the drawing, adds noise and rounds it to bytes, `[height, width]`.
    package func develop(
        _ exposure: Exposure, noise: PixelNoise, into samples: UnsafeMutablePointer<UInt8>
    ) {
        for row in 0..<height {
            for column in 0..<width {
                let index = row * width + column
                let offset = SIMD2(Float(column), Float(row)) + 0.5 - exposure.center
                let lit = pixels[index] * max(1 + (offset * exposure.gradient).sum(), 0)
                let level =
                    (lit - 0.5) * exposure.contrast + 0.5 + exposure.brightness
                    + exposure.noise * noise.normal(at: index)
                samples[index] = UInt8(min(max(level, 0), 1) * 255 + 0.5)
            }
        }
    }
}
