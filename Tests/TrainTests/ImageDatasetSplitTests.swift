import Imaging
import Testing
import Train

struct ImageDatasetSplitTests {
    /// 1x1 pictures whose sample is their position; classes of 40, 20, 2 and 1 pictures.
    private var dataset: ImageDataset {
        var dataset = ImageDataset(height: 1, width: 1, classNames: ["a", "b", "c", "d", "none"])
        for (label, count) in [40, 20, 2, 1].enumerated() {
            for _ in 0..<count {
                let sample = UInt8(dataset.count)
                dataset.append(Image(width: 1, height: 1, filledWith: sample), label: label)
            }
        }
        return dataset
    }

    @Test func takesTheFractionOfEachClass() {
        let (training, validation) = dataset.split(validationFraction: 0.25, seed: 1)
        #expect(validation.classCounts == [10, 5, 1, 0, 0])
        #expect(training.classCounts == [30, 15, 1, 1, 0])
    }

    @Test func losesAndRepeatsNothing() {
        let (training, validation) = dataset.split(validationFraction: 0.3, seed: 2)
        #expect((training.samples + validation.samples).sorted() == dataset.samples)
        #expect(training.samples == training.samples.sorted())
        #expect(validation.samples == validation.samples.sorted())
    }

    @Test func dependsOnTheSeedAlone() {
        let first = dataset.split(validationFraction: 0.3, seed: 3).validation.samples
        #expect(dataset.split(validationFraction: 0.3, seed: 3).validation.samples == first)
        #expect(dataset.split(validationFraction: 0.3, seed: 4).validation.samples != first)
    }
}
