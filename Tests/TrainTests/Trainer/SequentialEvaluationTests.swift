import CNN
import Imaging
import Tensor
import Testing

@testable import Train

@Suite("Evaluation of a network")
struct SequentialEvaluationTests {
    /// A batch of 64 and one of 6.
    let faces = SmallTraining.noise(70)

    /// A network whose batch normalization has seen pictures.
    func trained(endsInSoftmax: Bool = false) throws -> Sequential {
        var trainer = try SmallTraining.trainer(
            SmallTraining.network(endsInSoftmax: endsInSoftmax))
        _ = try trainer.runEpoch(on: faces)
        return trainer.network
    }

    @Test("is what the network's output says", arguments: [1, 2])
    func byHand(threads: Int) throws {
        let network = try trained()
        let (images, targets) = SmallTraining.batch(faces)
        let logits = network(images)
        let losses = -(targets * logits.logSoftmax(axis: -1)).sum(axes: [-1])
        var confusion = ConfusionMatrix(classCount: SmallTraining.classes)
        let predictions = logits.argMax(axis: -1)
        for (label, prediction) in zip(faces.labels, predictions) {
            confusion.record(truth: Int(label), predicted: prediction)
        }

        let evaluation = try network.evaluate(on: faces, threads: threads)
        #expect(abs(evaluation.loss - Double(losses.mean())) < 1e-5)
        #expect(evaluation.confusion == confusion)
        #expect(evaluation.classNames == SmallTraining.classNames)
        #expect(evaluation.count == 70)
    }

    @Test("does not depend on the number of threads, nor on a softmax at the end")
    func variants() throws {
        let network = try trained()
        let evaluation = try network.evaluate(on: faces, threads: 1)
        #expect(try network.evaluate(on: faces, threads: 2) == evaluation)
        #expect(try trained(endsInSoftmax: true).evaluate(on: faces, threads: 1) == evaluation)
    }

    @Test("leaves the network as it was")
    func constancy() throws {
        let network = try trained()
        let bits = network.bits
        _ = try network.evaluate(on: faces, threads: 2)
        #expect(network.bits == bits)
    }

    @Test("scales pictures as the network says")
    func preprocessing() throws {
        var network = try trained()
        network.preprocessing =
            #"{"height": 12, "width": 12, "channels": 1, "mean": 0.5, "spread": 0.25}"#
        let scaled = (SmallTraining.batch(faces).images - 0.5) / 0.25
        let predictions = network(scaled).argMax(axis: -1)
        let correct = zip(predictions, faces.labels).count { $0 == $1 }
        let evaluation = try network.evaluate(on: faces, threads: 2)
        #expect(evaluation.accuracy == Double(correct) / 70)
    }

    @Test("complains about preprocessing that cannot be read")
    func damagedPreprocessing() throws {
        var network = try trained()
        network.preprocessing = "{"
        #expect(throws: WeightsError.self) { try network.evaluate(on: faces, threads: 1) }
    }
}
