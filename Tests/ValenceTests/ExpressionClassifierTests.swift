import CNN
import Files
import Foundation
import Imaging
import Tensor
import Testing
import Train
import Valence
import _TestSupport

struct ExpressionClassifierTests {
    private static let faces = SyntheticFaces.dataset(count: 64, seed: 7)

    /// A small network that carries what a trained one does.
    private static func network(
        seed: UInt64 = 1, preprocessor: FacePreprocessor = FacePreprocessor(),
        endsInSoftmax: Bool = true
    ) throws -> Sequential {
        var network = try Sequential(input: [48, 48, preprocessor.channels], seed: seed) {
            Conv2D(filters: 6, kernel: 3)
            ReLU()
            MaxPool(4)
            Flatten()
            Dense(7)
            if endsInSoftmax { Softmax() }
        }
        network.classNames = Imaging.Expression.names
        network.preprocessing = try preprocessor.metadata
        return network
    }

    /// The probabilities that evaluation sees, `[count][7]`.
    private static func evaluated(_ network: Sequential, count: Int) throws -> [[Double]] {
        let epochs = Epochs(
            evaluating: faces.selecting(0..<count), batchSize: count,
            preprocessor: try network.facePreprocessor)
        var images = [Float](repeating: 0, count: count * faces.samplesPerImage)
        var targets = [Float](repeating: 0, count: count * 7)
        epochs.assemble(
            batch: 0, of: 0, order: epochs.order(of: 0), images: &images, targets: &targets)
        let output = network(Tensor(images, shape: [count, 48, 48, 1]))
        return (0..<count).map { output.elements[$0 * 7..<($0 + 1) * 7].map(Double.init) }
    }

    @Test("a picture of the data set gets the same probabilities as in evaluation")
    func agreesWithEvaluation() throws {
        let preprocessor = FacePreprocessor(mean: 0.5, spread: 0.25)
        let network = try Self.network(preprocessor: preprocessor)
        let classifier = try ExpressionClassifier(network)
        let expected = try Self.evaluated(network, count: 20)
        let pictures = (0..<20).map(Self.faces.image(at:))

        // The box around which the crop is the whole picture.
        let side = 48 / preprocessor.margin.scale
        let box = Rectangle(
            x: 24 - side / 2, y: 24 - side / 2 - preprocessor.margin.down * side, width: side,
            height: side)
        let crops = classifier.readings(ofCrops: pictures)
        for (index, picture) in pictures.enumerated() {
            let live = classifier.reading(of: box, in: picture)
            #expect(deviation(of: live.probabilities, from: expected[index]) <= 1e-5)
            // Several faces at once are the same but for rounding.
            let together = crops[index].probabilities.map(Double.init)
            #expect(deviation(of: live.probabilities, from: together) <= 1e-5)
            // A camera's frame is in color.
            #expect(classifier.reading(of: box, in: picture.rgb()) == live)
        }
    }

    @Test("the shipped network loads, and agrees with evaluation")
    func shippedNetwork() throws {
        let classifier = try ExpressionClassifier()
        let expected = try Self.evaluated(classifier.network, count: 4)
        var raw = classifier.network
        raw.calibration = nil
        let readings = try ExpressionClassifier(raw)
            .readings(ofCrops: (0..<4).map(Self.faces.image(at:)))
        let calibrated = classifier.readings(ofCrops: (0..<4).map(Self.faces.image(at:)))
        let calibration = try #require(classifier.network.calibration)
        for (index, expected) in expected.enumerated() {
            #expect(deviation(of: readings[index].probabilities, from: expected) <= 1e-5)
            // Logits are the logarithms of probabilities, but for a constant.
            let logits = Tensor(expected.map { Float(log($0)) }, shape: [7])
            let scaled = calibration.probabilities(ofLogits: logits).elements.map(Double.init)
            #expect(deviation(of: calibrated[index].probabilities, from: scaled) <= 1e-5)
        }
    }

    @Test("probabilities are calibrated, with and without a softmax at the end")
    func calibration() throws {
        var network = try Self.network()
        var logits = try Self.network(endsInSoftmax: false)
        let face = Self.faces.image(at: 3)
        let plain = try ExpressionClassifier(network).readings(ofCrops: [face])[0]
        #expect(try ExpressionClassifier(logits).readings(ofCrops: [face])[0] == plain)

        network.calibration = Calibration(temperature: 2, fittedOn: "tests")
        logits.calibration = network.calibration
        let calibrated = try ExpressionClassifier(network).readings(ofCrops: [face])[0]
        #expect(try ExpressionClassifier(logits).readings(ofCrops: [face])[0] == calibrated)
        let roots = plain.probabilities.map { Double($0).squareRoot() }
        let sum = roots.reduce(0, +)
        #expect(deviation(of: calibrated.probabilities, from: roots.map { $0 / sum }) <= 1e-6)
        #expect(calibrated.likeliest == plain.likeliest)
    }

    @Test("many tasks at once get what one gets")
    func concurrency() async throws {
        let classifier = try ExpressionClassifier(Self.network())
        let pictures = (0..<40).map(Self.faces.image(at:))
        let expected = pictures.map { classifier.readings(ofCrops: [$0])[0] }
        #expect(Set(expected).count > 30)
        let readings = await withTaskGroup(of: (Int, ExpressionReading).self) { group in
            for round in 0..<400 {
                group.addTask {
                    let index = round % pictures.count
                    return (index, classifier.readings(ofCrops: [pictures[index]])[0])
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(readings.count == 400)
        #expect(readings.allSatisfy { expected[$0.0] == $0.1 })
    }

    @Test("any number of faces are read in one call")
    func severalFaces() throws {
        let classifier = try ExpressionClassifier(Self.network())
        let picture = Self.faces.image(at: 0).resized(height: 200, width: 300)
        let boxes = (0..<11).map {
            Rectangle(x: Double(20 * $0) - 15, y: 30, width: 90, height: 90)
        }
        let readings = classifier.readings(of: boxes, in: picture)
        #expect(readings.count == 11)
        for (box, reading) in zip(boxes, readings) {
            let alone = classifier.reading(of: box, in: picture)
            let expected = alone.probabilities.map(Double.init)
            #expect(deviation(of: reading.probabilities, from: expected) <= 1e-6)
        }
        #expect(classifier.readings(of: [], in: picture).isEmpty)
    }

    @Test("networks for something else are refused")
    func refusals() throws {
        var flowers = try Self.network()
        flowers.classNames = ["rose", "tulip", "daisy", "lily", "iris", "poppy", "aster"]
        let classes = #expect(throws: WeightsError.self) { try ExpressionClassifier(flowers) }
        #expect(classes?.description.contains("but rose, tulip") == true)

        var damaged = try Self.network()
        damaged.preprocessing = #"{"height": 47, "width": 48, "channels": 1}"#
        let file = #expect(throws: WeightsError.self) {
            try withTemporaryFolder { folder in
                let url = folder.appending(path: "damaged.safetensors")
                try damaged.save(to: url)
                _ = try ExpressionClassifier(weights: url)
            }
        }
        #expect(file?.file.hasSuffix("damaged.safetensors") == true)
        #expect(throws: FileError.self) {
            try ExpressionClassifier(weights: URL(filePath: "/nowhere.safetensors"))
        }
    }
}
