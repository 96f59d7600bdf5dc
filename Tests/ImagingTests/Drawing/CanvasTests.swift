import Imaging
import Testing

@Suite struct CanvasTests {
    @Test func backgroundFillsThePicture() {
        let canvas = Canvas(width: 2, height: 3, background: Color(0x010203))
        #expect(canvas.image.channels == 3)
        #expect(canvas.image.samples == [[UInt8]](repeating: [1, 2, 3], count: 6).flatMap(\.self))
    }

    @Test func grayPictureBecomesRGB() {
        let canvas = Canvas(Image(width: 2, height: 1, channels: 1, samples: [7, 200]))
        #expect(canvas.image.samples == [7, 7, 7, 200, 200, 200])
    }

    @Test func colorPictureStays() {
        let picture = Image(width: 1, height: 1, channels: 3, samples: [1, 2, 3])
        #expect(Canvas(picture).image == picture)
    }

    @Test func clipKeepsWhatLiesOutside() {
        var canvas = Canvas(width: 4, height: 4)
        canvas.clip = Rectangle(x: 1, y: 2, width: 2, height: 9)
        canvas.fill(canvas.bounds, with: .black)
        for row in 0..<4 {
            for column in 0..<4 {
                let isInside = (1...2).contains(column) && row >= 2
                #expect(canvas.red(row, column) == (isInside ? 0 : 255), "row \(row), \(column)")
            }
        }
    }

    @Test func opacityMixesWithWhatLiesBelow() {
        var canvas = Canvas(width: 1, height: 1)
        canvas.fill(canvas.bounds, with: Color(0x000000, opacity: 0.2))
        #expect(canvas.red(0, 0) == 204)
    }
}

extension Canvas {
    /// The red sample of a pixel.
    func red(_ row: Int, _ column: Int) -> UInt8 {
        image.samples[3 * (row * image.width + column)]
    }

    /// How much black there is on white, in pixels.
    var ink: Double {
        stride(from: 0, to: image.samples.count, by: 3).reduce(0) {
            $0 + Double(255 - Int(image.samples[$1])) / 255
        }
    }
}
