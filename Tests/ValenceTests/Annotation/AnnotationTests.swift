import Capture
import Imaging
import Testing
import Valence

@Suite struct AnnotationTests {
    private func reading(
        width: Int, height: Int, boxes: [Rectangle], threshold: Float = 0.4
    ) -> FrameReading {
        let readings = boxes.enumerated().map { index, box in
            var probabilities = [Float](repeating: 0.05, count: 7)
            probabilities[index % 7] = 0.7
            return FaceReading(
                face: DetectedFace(box: box, score: 1),
                expression: ExpressionReading(probabilities: probabilities, threshold: threshold))
        }
        var tracker = MoodTracker()
        let faces = tracker.update(with: readings, at: .zero)
        return FrameReading(
            frame: Frame(
                image: Image(width: width, height: height, filledWith: 100), source: "test",
                index: 0, time: .zero),
            faces: faces, mood: tracker.mood, detectionTime: .zero, classificationTime: .zero)
    }

    /// The place of a pixel in the samples.
    private func pixel(_ image: Image, x: Int, y: Int) -> [UInt8] {
        let start = 3 * (y * image.width + x)
        return Array(image.samples[start..<start + 3])
    }

    @Test func withoutFacesThePictureStaysAsItIs() {
        let reading = reading(width: 64, height: 48, boxes: [])
        #expect(reading.annotated() == reading.frame.image.rgb())
    }

    @Test func boxLabelAndBars() {
        let box = Rectangle(x: 200, y: 200, width: 120, height: 120)
        let picture = reading(width: 640, height: 480, boxes: [box]).annotated()
        #expect(picture.width == 640 && picture.height == 480 && picture.channels == 3)
        let angry: [UInt8] = [0xe5, 0x48, 0x4d]
        #expect(pixel(picture, x: 200, y: 260) == angry)
        #expect(pixel(picture, x: 260, y: 320) == angry)
        // The label stands over the box, the bars beside it; the face itself can be seen.
        #expect(pixel(picture, x: 202, y: 180) == angry)
        #expect(pixel(picture, x: 326, y: 260) == angry)
        #expect(pixel(picture, x: 340, y: 202) != [100, 100, 100])
        #expect(pixel(picture, x: 260, y: 260) == [100, 100, 100])
        #expect(pixel(picture, x: 20, y: 20) == [100, 100, 100])
    }

    @Test func statusOfAVideo() {
        let picture = reading(width: 640, height: 480, boxes: []).annotated(framesPerSecond: 29.97)
        #expect(pixel(picture, x: 8, y: 8) != [100, 100, 100])
        #expect(pixel(picture, x: 320, y: 240) == [100, 100, 100])
    }

    @Test("bars keep off faces where there is room")
    func panels() {
        let boxes = [
            Rectangle(x: 20, y: 40, width: 100, height: 100),
            Rectangle(x: 150, y: 40, width: 100, height: 100),
            Rectangle(x: 530, y: 360, width: 100, height: 100),
        ]
        let picture = reading(width: 640, height: 480, boxes: boxes).annotated()
        for box in boxes {
            for (x, y) in [(0.2, 0.5), (0.5, 0.2), (0.8, 0.8), (0.5, 0.9)] {
                let color = pixel(
                    picture, x: Int(box.x + x * box.width), y: Int(box.y + y * box.height))
                #expect(color == [100, 100, 100], "\(box) \(x) \(y)")
            }
        }
    }

    @Test(
        "any picture can be annotated",
        arguments: [(1, 1), (3, 200), (48, 48), (200, 3), (2000, 100)])
    func anySize(width: Int, height: Int) {
        let whole = Rectangle(x: 0, y: 0, width: Double(width), height: Double(height))
        let outside = Rectangle(x: -50, y: -50, width: 5000, height: 5000)
        let picture = reading(width: width, height: height, boxes: [whole, outside])
            .annotated(framesPerSecond: 0)
        #expect(picture.width == width && picture.height == height)
    }
}
