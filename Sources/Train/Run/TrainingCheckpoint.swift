import CNN
public import Files
public import Foundation
import Kernels
import Tensor

/// Everything that a training needs to go on as if it had never stopped.
///
/// The file is a line of its own kind around safetensors: the 8 bytes `VALCKPT1`, the CRC-32 of
/// the rest (4 bytes, little-endian), and a safetensors file with the arrays as tensors and the
/// rest as JSON in its metadata. Numbers are stored exactly.
public struct TrainingCheckpoint: Sendable {
    /// How far the training had come.
    public var progress: TrainingProgress
    /// The epochs that were complete.
    public var history: History
    /// What the training learns from; another data set cannot take its place.
    public var dataFingerprint: String
    /// What OpenBLAS said of itself: with another processor the weights may differ in their last
    /// bits.
    public var blasConfiguration: String
    var arrays: NamedTensors

    private static let magic = Array("VALCKPT1".utf8)
    private static let headerSize = 12

    /// Reads a checkpoint.
    ///
    /// - Throws: `FileError` where the file cannot be read, or is damaged.
    public init(contentsOf url: URL) throws(FileError) {
        let name = url.path(percentEncoded: false)
        let file = try MappedFile(contentsOf: url)
        let payload = file.withUnsafeBytes { bytes -> Data? in
            guard bytes.count > Self.headerSize, bytes.starts(with: Self.magic) else { return nil }
            let checksum = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
            let payload = UnsafeRawBufferPointer(rebasing: bytes[Self.headerSize...])
            guard CRC32.checksum(of: payload) == UInt32(littleEndian: checksum) else { return nil }
            return Data(payload)
        }
        guard let payload else {
            throw FileError(
                .damaged, at: name, "the checkpoint is damaged: its checksum does not fit.")
        }
        let contents = try SafetensorsFile(bytes: payload, name: name)
        arrays = contents.tensors
        dataFingerprint = contents.metadata["data"] ?? ""
        blasConfiguration = contents.metadata["blas"] ?? ""
        do {
            progress = try Self.decode(contents.metadata["progress"])
            history = try Self.decode(contents.metadata["history"])
        } catch {
            throw FileError(.damaged, at: name, "the checkpoint does not say how far it came.")
        }
    }

    init(
        progress: TrainingProgress, history: History, dataFingerprint: String, arrays: NamedTensors
    ) {
        self.progress = progress
        self.history = history
        self.dataFingerprint = dataFingerprint
        self.arrays = arrays
        blasConfiguration = Kernels.blasConfiguration
    }

    /// Writes the checkpoint at once or not at all.
    ///
    /// - Parameters:
    ///   - url: The file to write.
    ///   - previous: The name that an existing checkpoint keeps.
    /// - Throws: `FileError` where the file cannot be written.
    public func write(to url: URL, keepingPreviousAs previous: URL? = nil) throws {
        var contents = SafetensorsFile(tensors: arrays)
        contents.metadata["progress"] = try Self.encode(progress)
        contents.metadata["history"] = try Self.encode(history)
        contents.metadata["data"] = dataFingerprint
        contents.metadata["blas"] = blasConfiguration
        let payload = contents.encoded()
        var bytes = Data(capacity: Self.headerSize + payload.count)
        bytes.append(contentsOf: Self.magic)
        withUnsafeBytes(of: CRC32.checksum(of: payload).littleEndian) {
            bytes.append(contentsOf: $0)
        }
        bytes.append(contentsOf: payload)
        try AtomicFile.write(bytes, to: url, keepingPreviousAs: previous)
    }

    /// Whether the training ran on a processor for which OpenBLAS chose the same kernels.
    public var isOfThisProcessor: Bool { blasConfiguration == Kernels.blasConfiguration }

    private static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func decode<Value: Decodable>(_ text: String?) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(Value.self, from: Data((text ?? "").utf8))
    }
}

extension Trainer {
    /// What the trainer needs to go on later.
    ///
    /// - Complexity: O(*n*) in the number of parameters.
    func checkpoint(history: History, dataFingerprint: String) -> TrainingCheckpoint {
        var arrays: NamedTensors = [
            "parameters": model.parameters, "statistics": model.statistics, "moments": moments,
        ]
        if let average {
            arrays["average/parameters"] = average.parameters
            arrays["average/statistics"] = average.statistics
        }
        return TrainingCheckpoint(
            progress: progress, history: history, dataFingerprint: dataFingerprint, arrays: arrays)
    }

    /// Goes back to where a checkpoint was made, by a trainer with the same network and settings.
    ///
    /// - Throws: `WeightsError` where the checkpoint is of another network or other settings.
    mutating func restore(_ checkpoint: TrainingCheckpoint) throws(WeightsError) {
        var problems: [String] = []
        func array(_ name: String, like current: Tensor) -> Tensor {
            let stored = checkpoint.arrays[name]
            if stored?.shape != current.shape {
                let found = stored.map { "is \($0.shape)" } ?? "is missing"
                problems.append("\(name) \(found), the run needs \(current.shape)")
            }
            return stored ?? current
        }
        let parameters = array("parameters", like: model.parameters)
        let statistics = array("statistics", like: model.statistics)
        let moments = array("moments", like: moments)
        let average = average.map { average in
            (
                parameters: array("average/parameters", like: average.parameters),
                statistics: array("average/statistics", like: average.statistics)
            )
        }
        guard problems.isEmpty else {
            throw WeightsError(file: "checkpoint", problems: problems)
        }
        model.parameters = parameters
        model.statistics = statistics
        self.moments = moments
        self.average = average
        progress = checkpoint.progress
    }
}

extension ImageDataset {
    /// A text that differs for different pictures or labels.
    ///
    /// - Complexity: O(*n*) in the number of samples.
    var fingerprint: String {
        let pictures = CRC32.checksum(of: samples)
        var all = labels.withUnsafeBytes { CRC32.checksum(of: $0, continuing: pictures) }
        if let softTargets {
            all = softTargets.withUnsafeBytes { CRC32.checksum(of: $0, continuing: all) }
        }
        return "\(count) pictures of \(height)x\(width)x\(channels), CRC-32 \(all)"
    }
}
