import Foundation
import Imaging
import Tensor
import Testing

@testable import Train

struct ImageDatasetTeachersTests {
    /// Three pictures in three classes, and teachers that are sure of 3/5, 1/5 and 1/5.
    private func taught(share: Float) -> ImageDataset {
        var dataset = SmallTraining.noise(3)
        let answer = [Float(log(3.0)), 0, 0]
        dataset.learn(
            from: Predictions(
                classNames: dataset.classNames, name: "noise", labels: dataset.labels,
                logits: answer + answer + answer), share: share)
        return dataset
    }

    @Test("targets are shared between teachers and labels")
    func shares() throws {
        let dataset = taught(share: 0.5)
        let targets = try #require(dataset.softTargets)
        for sample in 0..<3 {
            for label in 0..<3 {
                let teacher: Float = label == 0 ? 0.6 : 0.2
                let own: Float = Int(dataset.labels[sample]) == label ? 1 : 0
                #expect(abs(targets[sample * 3 + label] - (teacher + own) / 2) < 1e-6)
            }
        }
    }

    @Test("batches bring them, in the order of the epoch")
    func batches() throws {
        let dataset = taught(share: 0.25)
        let epochs = Epochs(
            dataset, batchSize: 3, preprocessor: FacePreprocessor(height: 12, width: 12), seed: 5)
        let order = epochs.order(of: 1)
        var images = [Float](repeating: 0, count: 3 * 144)
        var targets = [Float](repeating: 0, count: 9)
        images.withUnsafeMutableBufferPointer { images in
            targets.withUnsafeMutableBufferPointer { targets in
                guard let images = images.baseAddress, let targets = targets.baseAddress else {
                    return
                }
                epochs.assemble(batch: 0, of: 1, order: order, images: images, targets: targets)
            }
        }
        let soft = try #require(dataset.softTargets)
        #expect(targets == order.flatMap { soft[Int($0) * 3..<(Int($0) + 1) * 3] })
    }

    @Test("a selection keeps them, and other targets are other data")
    func selectionAndFingerprint() throws {
        let dataset = taught(share: 0.25)
        let soft = try #require(dataset.softTargets)
        let selected = dataset.selecting([2, 0])
        #expect(selected.softTargets == Array(soft[6..<9] + soft[0..<3]))
        #expect(dataset.fingerprint != SmallTraining.noise(3).fingerprint)
        #expect(dataset.fingerprint != taught(share: 0.5).fingerprint)
    }

    @Test("teachers of other pictures trap")
    func mismatch() async {
        await #expect(processExitsWith: .failure) {
            var dataset = SmallTraining.noise(3)
            let other = Predictions(
                classNames: dataset.classNames, name: "", labels: [0], logits: [0, 0, 0])
            dataset.learn(from: other, share: 0.5)
        }
    }
}
