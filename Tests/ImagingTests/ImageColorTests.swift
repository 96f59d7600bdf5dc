import Imaging
import Testing

struct ImageColorTests {
    @Test("Luma is what Pillow's convert(\"L\") gives")
    func grayscale() {
        let colors = Image(
            width: 3, height: 2, channels: 3,
            samples: [
                255, 0, 0, 0, 255, 0, 0, 0, 255, 12, 200, 77, 255, 255, 255, 90, 91, 92,
            ])
        let gray = Image(
            width: 3, height: 2, channels: 1, samples: [76, 150, 29, 130, 255, 91])
        #expect(colors.grayscale() == gray)
        #expect(gray.grayscale() == gray)
        #expect(colors.converted(toChannels: 1) == gray)
    }

    @Test("Gray stays the same gray through RGB and back")
    func rgb() {
        let gray = Image(width: 256, height: 1, channels: 1, samples: Array(0...255))
        let color = gray.rgb()
        #expect(color.channels == 3)
        #expect(color.samples[30..<36] == [10, 10, 10, 11, 11, 11])
        #expect(color.grayscale() == gray)
        #expect(color.rgb() == color)
        #expect(gray.converted(toChannels: 3) == color)
    }
}
