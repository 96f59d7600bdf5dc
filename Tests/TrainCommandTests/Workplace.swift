import Foundation
import Imaging
import Tensor
import Testing
import Train
import _TestSupport

extension Workplace {
    /// Calls `body` with a new folder with small data and a small model, in which `train` runs, and
    /// removes it afterwards.
    static func use(_ body: (Workplace) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            // Data of the machine must not take part.
            let workplace = Workplace(
                folder: folder, product: "train", environment: ["VALENCE_FER2013": ""])
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
}

/// The members of a JSON object that stands on a line of its own.
func jsonObject(_ text: String) throws -> [String: Any] {
    try #require(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1, "not one line: \(text)")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
}
