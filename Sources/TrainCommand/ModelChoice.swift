import CNN
import Foundation
import Tensor

/// An architecture that was named: built in, or described by a file.
struct ModelChoice {
    /// A short name for folders.
    let name: String
    /// The shape of one picture, `[height, width, channels]`.
    let input: Shape

    private let described: Architecture?

    init(_ option: String) throws {
        if Architecture.builtInNames.contains(option) {
            name = option
            input = [48, 48, 1]
            described = nil
            return
        }
        guard option.hasSuffix(".json") else {
            let names = Architecture.builtInNames.joined(separator: ", ")
            throw CommandError(
                "there is no model \(option), only: \(names); or name a .json file")
        }
        guard let json = FileManager.default.contents(atPath: option) else {
            throw CommandError("\(option): the description of the model cannot be read")
        }
        let architecture = try Architecture(json: json)
        guard architecture.input.rank == 3, [1, 3].contains(architecture.input[2]) else {
            throw CommandError(
                "\(option): the input of a model is [height, width, 1 or 3], not "
                    + "\(architecture.input)")
        }
        name = URL(filePath: option).deletingPathExtension().lastPathComponent
        input = architecture.input
        described = architecture
    }

    /// The architecture for a number of classes.
    ///
    /// - Throws: `CommandError` where the file describes a network for another number of them.
    func architecture(classes: Int) throws -> Architecture {
        guard let described else {
            return Architecture.builtIn(name, input: input, classes: classes)
                ?? .sequential(input: input, classes: classes)
        }
        let output = try Sequential(described, seed: 0).outputShape
        guard output == [classes] else {
            throw CommandError(
                "the model \(name) ends in \(output), the data has \(classes) classes")
        }
        return described
    }
}
