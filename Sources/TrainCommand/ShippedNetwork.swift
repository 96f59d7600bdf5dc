import CNN
import CommandSupport
import Foundation
import Imaging
import Train
import Valence

/// A trained network that comes with Valence.
struct ShippedNetwork {
    let file: URL
    let network: Sequential
    let bytes: Int
    /// The time that one face takes by itself, from its picture to probabilities.
    let millisecondsPerFace: Double

    /// All that are installed.
    ///
    /// - Throws: `FileError` or `WeightsError` where one is damaged.
    static func all() throws -> [ShippedNetwork] {
        let installed = InstalledFiles()
        return try InstalledFiles.networks.compactMap { installed.find($0) }.map(
            ShippedNetwork.init)
    }

    private init(file: URL) throws {
        self.file = file
        let classifier = try ExpressionClassifier(weights: file)
        network = classifier.network
        bytes = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        let face = SyntheticFaces.dataset(count: 1, seed: 1).image(at: 0)
        _ = classifier.readings(ofCrops: [face])
        let clock = ContinuousClock()
        let times = (0..<30).map { _ in clock.measure { _ = classifier.readings(ofCrops: [face]) } }
        millisecondsPerFace = times.sorted()[times.count / 2] / .milliseconds(1)
    }

    /// One line for people.
    var line: String {
        var parts = [
            file.path(percentEncoded: false), "\(Format.count(network.parameterCount)) parameters",
            Format.bytes(bytes), "\(Format.decimal(millisecondsPerFace, digits: 1)) ms a face",
        ]
        if let measured = network.measuredAccuracy {
            parts.insert(
                "accuracy \(Format.decimal(measured.accuracy)) ± "
                    + "\(Format.decimal(measured.standardError)) on \(measured.measuredOn)", at: 1)
        }
        return parts.joined(separator: "  ")
    }

    /// The same for programs.
    var description: JSONValue {
        let measured = network.measuredAccuracy
        return [
            "file": .string(file.path(percentEncoded: false)),
            "parameters": .integer(network.parameterCount),
            "bytes": .integer(bytes),
            "accuracy": measured.map { .number($0.accuracy) } ?? .null,
            "standardError": measured.map { .number($0.standardError) } ?? .null,
            "measuredOn": measured.map { .string($0.measuredOn) } ?? .null,
            "millisecondsPerFace": .number(millisecondsPerFace),
        ]
    }
}
