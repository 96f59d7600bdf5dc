import ArgumentParser
import CommandSupport
import Foundation
import Imaging
import Valence

/// Which faces are looked for, and what reads them.
struct FaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The weights of a network for expressions. (default: the network of Valence)",
            valueName: "file"))
    var weights: String?

    @Option(
        help: ArgumentHelp(
            "Below this probability an expression is uncertain, 0 to 1.", valueName: "p"))
    var threshold: Float = 0.4

    @Option(
        help: ArgumentHelp(
            """
            The cascade that finds faces, as OpenCV has them. \
            (default: haarcascade_frontalface_alt2 of opencv-data)
            """, valueName: "file"))
    var cascade: String?

    @Option(
        help: ArgumentHelp(
            "How much each size of the search is larger than the one before.", valueName: "x"))
    var scaleFactor = 1.1

    @Option(
        help: ArgumentHelp(
            "How many overlapping finds a face needs besides the first; 0 gives every single find.",
            valueName: "n"))
    var minNeighbors = 3

    @Option(
        help: ArgumentHelp(
            "The side of the smallest face; 0 for the smallest that the cascade finds.",
            valueName: "pixels"))
    var minSize = 60

    @Option(
        help: ArgumentHelp(
            "The number of threads. (default: as many as processors)", valueName: "n"))
    var threads: Int?

    func validate() throws {
        try checkThreads(threads)
        guard (0...1).contains(threshold) else {
            throw ValidationError("--threshold is 0 to 1, not \(threshold).")
        }
        guard (1.01...10).contains(scaleFactor) else {
            throw ValidationError("--scale-factor is 1.01 to 10, not \(scaleFactor).")
        }
        guard (0...10_000).contains(minNeighbors) else {
            throw ValidationError("--min-neighbors is 0 or more, not \(minNeighbors).")
        }
        guard (0...32_768).contains(minSize) else {
            throw ValidationError("--min-size is 0 or more, not \(minSize).")
        }
    }

    /// Loads the cascade and the network.
    ///
    /// - Parameter tracking: How faces are followed; nil for pictures that each stand alone.
    /// - Returns: What reads frames.
    /// - Throws: `FileError` or `WeightsError` where one of them is missing or damaged.
    func makeReader(tracking: MoodTracker.Options?) throws -> ExpressionReader {
        var options = FaceDetector.Options()
        options.scaleFactor = scaleFactor
        options.minNeighbors = minNeighbors
        options.minSize = minSize
        let cascade = try cascade.map { URL(filePath: $0) } ?? FaceDetector.defaultCascade()
        let detector = try FaceDetector(
            cascade: cascade,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        var classifier = try ExpressionClassifier(
            weights: weights.map { URL(filePath: $0) }, threshold: threshold)
        if let margin = FaceMargin(aroundBoxesOf: cascade.lastPathComponent) {
            classifier.preprocessor.margin = margin
        }
        return ExpressionReader(
            detector: detector, options: options, classifier: classifier, tracking: tracking)
    }
}
