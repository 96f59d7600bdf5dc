import Files
public import Foundation
public import Tensor

/// Weights are safetensors files (https://huggingface.co/docs/safetensors) that carry in their
/// metadata what they belong to: `format`, `version`, `architecture`, `classes`, `preprocessing`,
/// `calibration`, `accuracy`.
extension Sequential {
    private static let format = "valence"
    private static let version = 1
    /// The largest number of half precision.
    private static let largestHalf: Float = 65_504

    /// Writes architecture and weights; the file appears at once or not at all.
    ///
    /// - Parameters:
    ///   - url: The file to write.
    ///   - precision: How numbers are stored. Half precision halves the file, and rarely changes
    ///     what a network says.
    /// - Throws: `FileError` where the file cannot be written, `WeightsError` where a number is too
    ///   large for half precision.
    public func save(
        to url: URL, as precision: SafetensorsFile.Precision = .float32
    ) throws {
        let file = try weights()
        if precision == .float16 { try Self.checkHalf(file, name: url.path(percentEncoded: false)) }
        try file.write(to: url, as: precision)
    }

    /// The network with numbers that half precision can hold, as if it had been saved and read.
    ///
    /// - Throws: `WeightsError` where a number is too large for half precision.
    /// - Returns: The same network with rounded weights, and without what was measured before.
    public func inHalfPrecision() throws -> Sequential {
        let file = try weights()
        try Self.checkHalf(file, name: "network")
        var network = self
        let half = try SafetensorsFile(bytes: file.encoded(as: .float16), name: "network")
        try network.load(half, name: "network")
        network.calibration = nil
        network.measuredAccuracy = nil
        return network
    }

    private static func checkHalf(_ file: SafetensorsFile, name: String) throws(WeightsError) {
        let large = file.tensors.filter { $0.tensor.abs().max() > largestHalf }
        guard large.isEmpty else {
            throw WeightsError(
                file: name, problems: large.map { "\($0.name) is too large for half precision" })
        }
    }

    /// Reads a network that was saved.
    ///
    /// - Parameters:
    ///   - url: A file that `save` wrote.
    ///   - registry: The kinds of modules that the network may consist of.
    /// - Throws: `FileError` where the file cannot be read, `WeightsError` where it names modules
    ///   that the registry does not have, or weights and architecture do not fit.
    public init(contentsOf url: URL, registry: LayerRegistry = .builtIn) throws {
        let file = try SafetensorsFile(contentsOf: url)
        try self.init(weights: file, name: url.path(percentEncoded: false), registry: registry)
    }

    /// Reads the weights of another network of the same architecture, and its calibration and
    /// accuracy, which are `nil` where the file has none.
    ///
    /// Nothing changes unless every array fits.
    ///
    /// - Throws: `FileError` where the file cannot be read, `WeightsError` with every array that is
    ///   missing, superfluous, of another shape, or not finite.
    public mutating func loadWeights(contentsOf url: URL) throws {
        let file = try SafetensorsFile(contentsOf: url)
        try load(file, name: url.path(percentEncoded: false))
    }

    /// Architecture and weights as they are stored.
    package func weights() throws -> SafetensorsFile {
        var file = SafetensorsFile()
        for name in parameterNames { file.tensors[name] = self[name] }
        file.metadata["format"] = Self.format
        file.metadata["version"] = String(Self.version)
        file.metadata["architecture"] = String(decoding: try architecture.json, as: UTF8.self)
        file.metadata["classes"] = try Self.text(classNames)
        file.metadata["preprocessing"] = preprocessing
        file.metadata["calibration"] = try calibration.map(Self.text)
        file.metadata["accuracy"] = try measuredAccuracy.map(Self.text)
        return file
    }

    /// A network from architecture and weights as they are stored.
    package init(weights file: SafetensorsFile, name: String, registry: LayerRegistry) throws {
        guard file.metadata["format"] == Self.format,
            let architecture = file.metadata["architecture"]
        else {
            throw WeightsError(
                file: name,
                problems: ["it carries no architecture: these are not weights that Valence saved"])
        }
        guard file.metadata["version"] == String(Self.version) else {
            throw WeightsError(
                file: name,
                problems: [
                    "it has version \(file.metadata["version"] ?? "?") of the format; this "
                        + "program reads version \(Self.version)"
                ])
        }
        do throws(ArchitectureError) {
            try self.init(zeros: Architecture(json: Data(architecture.utf8), registry: registry))
        } catch {
            throw WeightsError(file: name, problems: [error.message])
        }
        try load(file, name: name)
        preprocessing = file.metadata["preprocessing"]
        classNames = try Self.decoded(file.metadata["classes"], "list of classes", of: name) ?? []
    }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func decoded<Value: Decodable>(
        _ text: String?, _ what: String, of file: String
    ) throws(WeightsError) -> Value? {
        guard let text else { return nil }
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else {
            throw WeightsError(file: file, problems: ["its \(what) is damaged"])
        }
        return value
    }

    private mutating func load(_ file: SafetensorsFile, name: String) throws(WeightsError) {
        let tensors = file.tensors
        // These belong to these weights alone.
        let calibration: Calibration? = try Self.decoded(
            file.metadata["calibration"], "calibration", of: name)
        let accuracy: MeasuredAccuracy? = try Self.decoded(
            file.metadata["accuracy"], "accuracy", of: name)
        var problems: [String] = []
        let entries = entries
        for entry in entries {
            guard let tensor = tensors[entry.name] else {
                problems.append("\(entry.name) \(entry.array.shape) is missing")
                continue
            }
            if tensor.shape != entry.array.shape {
                problems.append(
                    "\(entry.name) has the shape \(tensor.shape), not \(entry.array.shape)")
            } else if !tensor.withUnsafeElements({ $0.allSatisfy(\.isFinite) }) {
                problems.append("\(entry.name) holds numbers that are not finite")
            }
        }
        let known = Set(entries.map(\.name))
        for name in tensors.names where !known.contains(name) {
            problems.append("\(name) belongs to no layer")
        }
        guard problems.isEmpty else { throw WeightsError(file: name, problems: problems) }
        for entry in entries { self[entry.name] = tensors[entry.name] }
        self.calibration = calibration
        measuredAccuracy = accuracy
    }
}

/// Weights that do not fit the network they are read into.
public struct WeightsError: Error, Hashable, CustomStringConvertible {
    /// The file.
    public var file: String
    /// Everything that does not fit.
    public var problems: [String]

    /// Creates an error.
    public init(file: String, problems: [String]) {
        self.file = file
        self.problems = problems
    }

    /// One line with all that does not fit.
    public var description: String { "\(file): \(problems.joined(separator: "; "))" }
}
