import Foundation
import Imaging
import Tensor
import Testing
import Train
import _TestSupport

/// A temporary folder with small data and a small model, in which `train` runs.
struct Workplace {
    let folder: URL

    /// Calls `body` with a new workplace, and removes it afterwards.
    static func use(_ body: (Workplace) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let workplace = Workplace(folder: folder)
            try workplace.addModel("tiny", side: 12, classes: 2)
            try workplace.addPictures("pictures", side: 12)
            try await body(workplace)
        }
    }

    /// The options of a training that takes a moment: 3 epochs of 6 steps, the last one small.
    static let fit = [
        "--data", "pictures", "--model", "tiny.json", "--epochs", "3", "--batch-size", "7",
        "--threads", "2",
    ]

    /// Starts `train`.
    func start(
        _ arguments: [String], in subfolder: String = "", environment: [String: String] = [:],
        output: FileHandle? = nil
    ) throws -> RunningProgram {
        // Data of the machine must not take part.
        let variables = ["VALENCE_FER2013": ""].merging(environment) { $1 }
        return try RunningProgram(
            "train", arguments, in: folder.appending(path: subfolder), environment: variables,
            output: output)
    }

    /// Runs `train` to its end.
    func train(
        _ arguments: [String], in subfolder: String = "", environment: [String: String] = [:],
        output: FileHandle? = nil
    ) async throws -> ProgramResult {
        try await start(arguments, in: subfolder, environment: environment, output: output)
            .result()
    }

    /// Runs `train` to an end that has to be a good one.
    @discardableResult
    func succeed(
        _ arguments: [String], in subfolder: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        let result = try await train(arguments, in: subfolder)
        try #require(result.status == 0, "\(result)", sourceLocation: sourceLocation)
        return result
    }

    /// Runs `train`, which has to fail with one line, and returns the line.
    func failure(
        _ arguments: [String], in subfolder: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let result = try await train(arguments, in: subfolder)
        #expect(result.status == 1, "\(result)", sourceLocation: sourceLocation)
        #expect(result.output == "", sourceLocation: sourceLocation)
        #expect(result.errorLines.count == 1, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(
            result.errors.hasPrefix("error: "), "\(result.errors)", sourceLocation: sourceLocation)
        return result.errors
    }

    /// The bytes of a file.
    func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: path))
    }

    /// Whether there is such a file.
    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }
}

// MARK: - What lies there

extension Workplace {
    /// Describes a network with a convolution and dropout.
    func addModel(_ name: String, side: Int, classes: Int) throws {
        let json = """
            {"input": [\(side), \(side), 1], "layers": [
              {"layer": "Conv2D", "filters": 4, "kernel": 3, "stride": 2}, {"layer": "ReLU"},
              {"layer": "MaxPool", "size": 2}, {"layer": "Dropout", "rate": 0.25},
              {"layer": "Flatten"}, {"layer": "Dense", "units": \(classes)}, {"layer": "Softmax"}]}
            """
        try folder.addFile("\(name).json", Array(json.utf8))
    }

    /// Writes a folder of pictures in classes that differ in brightness, 19 of each for training
    /// and 6 for validation.
    func addPictures(
        _ name: String, side: Int, classes: [String] = ["dark", "light"],
        splits: [String: Int] = ["train": 19, "validation": 6]
    ) throws {
        var random = RandomSource(seed: 7)
        for (split, count) in splits.sorted(by: { $0.key < $1.key }) {
            for (label, className) in classes.enumerated() {
                let middle = 255 * (label + 1) / (classes.count + 1)
                for number in 0..<count {
                    let samples = (0..<side * side).map { _ in
                        UInt8(clamping: middle + Int.random(in: -70...70, using: &random))
                    }
                    let picture = Image(width: side, height: side, channels: 1, samples: samples)
                    try folder.addFile(
                        "\(name)/\(split)/\(className)/\(number).png", picture.pngData())
                }
            }
        }
    }

    /// Writes drawn faces as a `fer2013.csv`.
    func addFaces(_ name: String, splits: [String: Int]) throws {
        var lines = ["emotion,pixels,Usage"]
        // The file numbers disgust, fear, ... as `Expression` does but for these last three.
        let codes = [0, 1, 2, 3, 6, 4, 5]
        for (seed, (split, count)) in splits.sorted(by: { $0.key < $1.key }).enumerated() {
            let faces = SyntheticFaces.dataset(count: count, seed: UInt64(seed))
            for index in 0..<count {
                let pixels = faces.image(at: index).samples.map(String.init)
                lines.append(
                    "\(codes[Int(faces.labels[index])]),\(pixels.joined(separator: " ")),\(split)")
            }
        }
        try folder.addFile(name, Array(lines.joined(separator: "\n").utf8))
    }

    /// Changes a byte in the middle of a file.
    func damage(_ path: String) throws {
        var bytes = try bytes(path)
        bytes[bytes.count / 2] ^= 0x55
        try bytes.write(to: folder.appending(path: path))
    }
}

/// The members of a JSON object that stands on a line of its own.
func jsonObject(_ text: String) throws -> [String: Any] {
    try #require(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1, "not one line: \(text)")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
}
