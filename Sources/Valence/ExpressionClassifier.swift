public import CNN
public import Foundation
public import Imaging
import Tensor

/// Reads the expressions of faces.
///
/// ```swift
/// let classifier = try ExpressionClassifier()
/// let reading = classifier.reading(of: face.box, in: picture)
/// print(reading.expression?.name ?? "uncertain", reading.confidence)
/// ```
///
/// Any number of tasks may use one classifier at once; each call computes on its own thread.
public struct ExpressionClassifier: Sendable {
    /// How faces are cropped and scaled; the network says it, and a program may say otherwise.
    public var preprocessor: FacePreprocessor
    /// Below this probability the likeliest expression counts as uncertain.
    public var threshold: Float
    /// How probabilities are made to mean what they say; nil leaves them as the network has them.
    public let calibration: Calibration?

    private let predictor: SharedPredictor

    /// How many faces are computed together; more would take memory and save little.
    private static let batchCapacity = 8

    /// Loads a network.
    ///
    /// - Parameters:
    ///   - weights: The file; nil for the network that Valence ships.
    ///   - threshold: Below this probability the likeliest expression counts as uncertain.
    /// - Throws: `FileError` where the file cannot be read, `WeightsError` where it holds no network
    ///   for expressions.
    public init(weights: URL? = nil, threshold: Float = 0.4) throws {
        let file = try weights ?? InstalledFiles().network()
        do {
            try self.init(Sequential(contentsOf: file), threshold: threshold)
        } catch var error as WeightsError {
            error.file = file.path(percentEncoded: false)
            throw error
        }
    }

    /// Takes a network.
    ///
    /// - Parameters:
    ///   - network: A classifier of pictures into the seven expressions.
    ///   - threshold: Below this probability the likeliest expression counts as uncertain.
    /// - Throws: `WeightsError` where the network tells other classes apart, or the preprocessing
    ///   that it carries does not fit it.
    public init(_ network: Sequential, threshold: Float = 0.4) throws(WeightsError) {
        guard network.classNames == Expression.names, network.outputShape == [7] else {
            throw WeightsError(
                file: "network",
                problems: [
                    "it does not tell the expressions apart, but "
                        + (network.classNames.isEmpty
                            ? "classes without names" : network.classNames.joined(separator: ", "))
                ])
        }
        guard
            let preprocessor = FacePreprocessor(
                metadata: network.preprocessing, for: network.inputShape)
        else {
            throw WeightsError(
                file: "network",
                problems: ["its preprocessing is damaged, or not for \(network.inputShape)"])
        }
        self.preprocessor = preprocessor
        self.threshold = threshold
        calibration = network.calibration
        predictor = SharedPredictor(
            network, batchCapacity: Self.batchCapacity, endsAtLogits: true)
    }

    /// The network.
    public var network: Sequential { predictor.network }

    /// Reads the expression of a face in a picture.
    ///
    /// - Parameters:
    ///   - face: The box of a detector.
    ///   - image: The picture.
    /// - Returns: The probabilities of the expressions.
    /// - Precondition: Neither is empty.
    public func reading(of face: Rectangle, in image: Image) -> ExpressionReading {
        readings(of: [face], in: image)[0]
    }

    /// Reads the expressions of the faces in a picture.
    ///
    /// - Returns: A reading for each face, in their order.
    /// - Precondition: Neither the picture nor a face is empty.
    public func readings(of faces: [Rectangle], in image: Image) -> [ExpressionReading] {
        readings(fitted: faces.map { preprocessor.crop(of: $0, in: image) })
    }

    /// Reads the expressions in pictures of nothing but a face, such as those of a data set.
    ///
    /// - Returns: A reading for each picture, in their order.
    /// - Precondition: No picture is empty.
    public func readings(ofCrops crops: [Image]) -> [ExpressionReading] {
        readings(fitted: crops.map { preprocessor.fitted($0) })
    }

    private func readings(fitted faces: [Image]) -> [ExpressionReading] {
        let logits = predictor(preprocessor.input(of: faces))
        let probabilities =
            calibration?.probabilities(ofLogits: logits) ?? logits.softmax(axis: -1)
        let classes = Expression.allCases.count
        return probabilities.withUnsafeElements { elements in
            faces.indices.map { face in
                ExpressionReading(
                    probabilities: Array(elements[face * classes..<(face + 1) * classes]),
                    threshold: threshold)
            }
        }
    }
}
