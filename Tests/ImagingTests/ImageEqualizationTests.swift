import Imaging
import Testing

struct ImageEqualizationTests {
    /// Written by OpenCV: `cv2.equalizeHist` of
    /// `[[(x * x + y * 3) % 60 + 20 for x in range(7)] for y in range(5)]`.
    @Test func agreesWithOpenCV() {
        let picture = Image(width: 7, height: 5) { row, column in
            (column * column + row * 3) % 60 + 20
        }
        let expected: [UInt8] = [
            0, 8, 30, 68, 135, 180, 218, 15, 30, 52, 98, 150, 195, 232, 38, 52, 82, 120, 165, 202,
            240, 68, 82, 112, 142, 180, 210, 248, 98, 112, 135, 158, 195, 225, 255,
        ]
        #expect(picture.equalized().samples == expected)
    }

    @Test("A picture of one level keeps it", arguments: [0, 77, 255] as [UInt8])
    func oneLevel(level: UInt8) {
        let picture = Image(width: 5, height: 4, filledWith: level)
        #expect(picture.equalized() == picture)
    }

    @Test func nothingStaysNothing() {
        #expect(Image(width: 0, height: 4).equalized() == Image(width: 0, height: 4))
    }
}
