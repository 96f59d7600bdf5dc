import Imaging
import Testing

struct ImageResizeTests {
    /// Written by Pillow: `resize((width, height), Image.BILINEAR)` of
    /// `[(x * 37 + y * 53) % 256 for y in range(5) for x in range(7)]`.
    @Test(arguments: [
        (3, 2, [85, 152, 148, 174, 116, 113]), (1, 1, [132]),
        (7, 2, [53, 90, 127, 152, 189, 168, 100, 159, 196, 152, 84, 121, 100, 125]),
        (
            4, 5,
            [
                19, 77, 145, 203, 72, 130, 198, 122, 125, 183, 200, 65, 178, 164, 48, 106, 219, 84,
                101, 159,
            ]
        ),
        (
            10, 9,
            [
                0, 20, 46, 72, 98, 124, 150, 176, 202, 222, 18, 38, 64, 90, 116, 142, 168, 194, 181,
                154, 47, 67, 93, 119, 145, 171, 197, 223, 146, 42, 77, 97, 123, 149, 175, 201, 221,
                167, 100, 43, 106, 126, 152, 178, 204, 230, 243, 90, 52, 72, 135, 155, 181, 207,
                141, 117, 137, 84, 81, 101, 165, 185, 204, 210, 87, 33, 59, 85, 111, 131, 194, 214,
                198, 104, 66, 62, 88, 114, 140, 160, 212, 232, 194, 41, 54, 80, 106, 132, 158, 178,
            ]
        ),
    ])
    func agreesWithPillow(width: Int, height: Int, expected: [Int]) {
        let picture = Image(width: 7, height: 5) { row, column in column * 37 + row * 53 }
        let resized = picture.resized(height: height, width: width)
        #expect(resized.width == width)
        #expect(resized.height == height)
        let differences = zip(resized.samples, expected).map { abs(Int($0) - $1) }
        #expect(resized.samples.count == expected.count)
        #expect(differences.allSatisfy { $0 <= 1 }, "\(resized.samples)")
    }

    /// Written by OpenCV: `cv2.resize(..., (width, height), interpolation=cv2.INTER_AREA)` of the
    /// same.
    @Test(arguments: [
        (3, 2, [69, 153, 150, 181, 105, 116]), (1, 1, [129]),
        (7, 2, [42, 79, 116, 153, 190, 176, 111, 170, 207, 141, 76, 113, 99, 136]),
        (
            6, 3,
            [
                26, 69, 111, 153, 196, 150, 111, 154, 174, 187, 120, 74, 196, 194, 83, 67, 109, 152,
            ]
        ),
    ])
    func averagesAreasAsOpenCV(width: Int, height: Int, expected: [Int]) {
        let picture = Image(width: 7, height: 5) { row, column in column * 37 + row * 53 }
        let resized = picture.resized(height: height, width: width, by: .area)
        let differences = zip(resized.samples, expected).map { abs(Int($0) - $1) }
        #expect(resized.samples.count == expected.count)
        #expect(differences.allSatisfy { $0 <= 1 }, "\(resized.samples)")
    }

    @Test("By areas a picture grows pixel by pixel")
    func enlargesByAreas() {
        let picture = Image(width: 2, height: 1, channels: 1, samples: [10, 40])
        #expect(picture.resized(height: 1, width: 4, by: .area).samples == [10, 10, 40, 40])
        let larger = picture.resized(height: 2, width: 3, by: .area)
        #expect(larger.samples == [10, 25, 40, 10, 25, 40])
    }

    @Test("A picture of one color keeps it", arguments: [1, 5, 48, 131], [1, 20, 97])
    func keepsOneColor(height: Int, width: Int) {
        let picture = Image(
            width: 31, height: 47, channels: 3,
            samples: (0..<31 * 47).flatMap { _ in [0, 128, 255] as [UInt8] })
        let expected = (0..<height * width).flatMap { _ in [0, 128, 255] as [UInt8] }
        for interpolation in Image.Interpolation.allCases {
            let resized = picture.resized(height: height, width: width, by: interpolation)
            #expect(resized.samples == expected)
        }
    }

    @Test("A fine checkerboard turns gray, not into a coarser one")
    func averagesFinePatterns() {
        let picture = Image(width: 64, height: 64) { row, column in (row + column) % 2 * 255 }
        let resized = picture.resized(height: 9, width: 9)
        #expect(resized.samples.allSatisfy { (118...137).contains($0) }, "\(resized.samples)")
    }

    @Test func sameSizeIsTheSamePicture() {
        let picture = Image.noise(width: 13, height: 8, channels: 3)
        #expect(picture.resized(height: 8, width: 13) == picture)
    }
}
