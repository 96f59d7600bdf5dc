import Imaging
import Testing

struct ImageCropTests {
    /// The part by its definition, pixel by pixel.
    private func oracle(
        _ picture: Image, _ part: Rectangle, _ border: Image.Border
    ) -> [UInt8] {
        let (left, top) = (Int(part.x.rounded()), Int(part.y.rounded()))
        let (right, bottom) = (Int(part.maxX.rounded()), Int(part.maxY.rounded()))
        return (top..<bottom).flatMap { row in
            (left..<right).flatMap { column in
                (0..<picture.channels).map { channel in
                    let y = min(max(row, 0), picture.height - 1)
                    let x = min(max(column, 0), picture.width - 1)
                    if case .constant(let value) = border, (x, y) != (column, row) { return value }
                    return picture.samples[(y * picture.width + x) * picture.channels + channel]
                }
            }
        }
    }

    @Test("Parts inside, across every edge, and outside of the picture", arguments: [1, 3])
    func parts(channels: Int) {
        let picture = Image.noise(width: 9, height: 7, channels: channels)
        for border in [Image.Border.replicate, .constant(200)] {
            for x in [-30.0, -4, 0, 2.4, 5.6, 8, 40] {
                for y in [-30.0, -3, 0, 3, 6, 40] {
                    for (width, height) in [(1.0, 1.0), (4, 3), (25, 30)] {
                        let part = Rectangle(x: x, y: y, width: width, height: height)
                        let crop = picture.cropped(to: part, border: border)
                        #expect(crop.channels == channels)
                        #expect(crop.samples == oracle(picture, part, border), "\(part)")
                    }
                }
            }
        }
    }

    @Test func theWholePictureIsTheSame() {
        let picture = Image.noise(width: 9, height: 7, channels: 3)
        #expect(picture.cropped(to: Rectangle(x: 0, y: 0, width: 9, height: 7)) == picture)
    }
}
