import Imaging
import Tensor
import Testing

@Suite struct FacePreprocessorTests {
    @Test("Samples are scaled to 0...1, then by mean and spread")
    func scaling() {
        for sample in [0, 1, 127, 255] as [Float] {
            #expect(FacePreprocessor().value(of: sample) == sample / 255)
            let preprocessor = FacePreprocessor(mean: 0.5, spread: 0.25)
            #expect(preprocessor.value(of: sample) == (sample / 255 - 0.5) / 0.25)
        }
    }

    @Test("A face is cropped with its margin, gray, in the size of the input, and scaled")
    func wholeWay() {
        let picture = Image.noise(width: 90, height: 70, channels: 3)
        let preprocessor = FacePreprocessor(
            height: 20, width: 24, mean: 0.5, spread: 0.25,
            margin: FaceMargin(scale: 1.5, down: 0.25))
        let box = Rectangle(x: 20, y: 10, width: 32, height: 40)
        let face = preprocessor.crop(of: box, in: picture)
        // The middle of the box, (36, 30), moves down by 10; the crop is 48 x 60 about it.
        let part = picture.cropped(to: Rectangle(x: 12, y: 10, width: 48, height: 60))
        #expect(face == part.grayscale().resized(height: 20, width: 24))
        let input = preprocessor.input(of: [face, face])
        #expect(input.shape == [2, 20, 24, 1])
        #expect(input.elements[7] == (Float(face.samples[7]) / 255 - 0.5) / 0.25)
        #expect(input.elements.prefix(480) == input.elements.suffix(480))
    }

    @Test("Boxes at, or over, the edge of the picture have a crop too", arguments: [1, 3])
    func edges(channels: Int) {
        let picture = Image.noise(width: 30, height: 20, channels: channels)
        for (x, y) in [(-40.0, -40.0), (-5, -5), (25, 15), (60, 60)] {
            for side in [0.01, 1, 10, 500] {
                let box = Rectangle(x: x, y: y, width: side, height: side)
                let face = FacePreprocessor().crop(of: box, in: picture)
                #expect(face.width == 48 && face.height == 48 && face.channels == 1)
            }
        }
    }

    @Test("What a network carries is read back, and older networks lack the margin")
    func metadata() throws {
        let preprocessor = FacePreprocessor(mean: 0.5, margin: FaceMargin(scale: 1.25, down: 0.1))
        #expect(
            try FacePreprocessor(metadata: preprocessor.metadata, for: [48, 48, 1]) == preprocessor)
        #expect(FacePreprocessor(metadata: nil, for: [48, 48, 1]) == FacePreprocessor())
        let older = #"{"channels":1,"height":48,"mean":0.5,"spread":1,"width":48}"#
        #expect(
            FacePreprocessor(metadata: older, for: [48, 48, 1]) == FacePreprocessor(mean: 0.5))
    }

    @Test(
        "What cannot be read or does not fit is refused",
        arguments: [
            "{", "[]", #"{"channels":1,"height":47,"width":48}"#,
            #"{"channels":1,"height":48,"width":48,"spread":0}"#,
            #"{"channels":1,"height":48,"width":48,"margin":{"scale":-1,"down":0}}"#,
            #"{"channels":1,"height":48,"width":48,"margin":{"scale":4,"down":0}}"#,
            #"{"channels":1,"height":48,"width":48,"margin":{"scale":1,"down":1e99}}"#,
        ])
    func refusals(text: String) {
        #expect(FacePreprocessor(metadata: text, for: [48, 48, 1]) == nil)
        #expect(FacePreprocessor(metadata: nil, for: [48, 48]) == nil)
        #expect(FacePreprocessor(metadata: nil, for: [48, 48, 2]) == nil)
    }
}
