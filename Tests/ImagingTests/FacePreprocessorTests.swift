import Imaging
import Testing

@Suite struct FacePreprocessorTests {
    /// Written out once more: batches and augmentation are compared with `value(of:)`.
    @Test(arguments: [Float(0), 1, 51, 128, 255])
    func scalesThenShifts(sample: Float) {
        #expect(FacePreprocessor().value(of: sample) == sample / 255)
        let preprocessor = FacePreprocessor(mean: 0.5, spread: 0.25)
        #expect(preprocessor.value(of: sample) == (sample / 255 - 0.5) / 0.25)
    }
}
