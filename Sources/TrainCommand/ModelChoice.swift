import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// An architecture that was named: built in, or described by a file.
struct ModelChoice {
    /// A short name for folders.
    let name: String
    /// The shape of one picture, `[height, width, channels]`.
    let input: Shape

    private let option: String
    private let described: Architecture?

    /// Looks up a built-in name, or reads a description.
    ///
    /// - Throws: `CommandError` where there is no such name or file, or the file describes no
    ///   network for pictures.
    init(_ option: String) throws {
        self.option = option
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
        let architecture = try Self.describing(option) { try Architecture(json: json) }
        input = architecture.input
        try Self.checkPictures(input, of: option)
        name = URL(filePath: option).deletingPathExtension().lastPathComponent
        described = architecture
    }

    /// The architecture for a data set.
    ///
    /// - Throws: `CommandError` where the file describes a network for other pictures, or for
    ///   another number of classes.
    func architecture(for dataset: ImageDataset) throws -> Architecture {
        let pictures: Shape = [dataset.height, dataset.width, dataset.channels]
        guard pictures == input else {
            throw CommandError("the model \(name) takes \(input), the pictures are \(pictures)")
        }
        let classes = dataset.classNames.count
        guard let described else {
            return Architecture.builtIn(name, input: input, classes: classes)
                ?? .sequential(input: input, classes: classes)
        }
        let output = try output(of: described)
        guard output == [classes] else {
            throw CommandError(
                "the model \(name) ends in \(output), but the data has \(classes) classes: "
                    + dataset.classNames.joined(separator: ", "))
        }
        return described
    }

    /// The architecture for pictures of a size in a number of classes, where nothing else says what
    /// these are; a file says it itself.
    ///
    /// - Parameters:
    ///   - input: The shape of a picture, `[height, width, channels]`; nil takes the model's own.
    ///   - classes: The number of classes; nil takes the file's, or 7.
    /// - Throws: `CommandError` where the file is for others.
    /// - Returns: The architecture, which ends in `[classes]`.
    func architecture(input: Shape?, classes: Int?) throws -> Architecture {
        guard let described else {
            let (input, classes) = (input ?? self.input, classes ?? 7)
            return Architecture.builtIn(name, input: input, classes: classes)
                ?? .sequential(input: input, classes: classes)
        }
        let output = try output(of: described)
        guard output.rank == 1 else {
            throw CommandError("\(option): a classifier ends in [classes], not in \(output)")
        }
        guard (input ?? self.input) == self.input, (classes ?? output[0]) == output[0] else {
            throw CommandError(
                "\(option): describes a network from \(self.input) to \(output); --input and "
                    + "--classes are for built-in models")
        }
        return described
    }

    /// The shape of the output of a network that came from a file.
    private func output(of described: Architecture) throws -> Shape {
        try Self.describing(option) { try Sequential(described, seed: 0).outputShape }
    }

    /// Checks that the input of a network that came from a file is a picture.
    ///
    /// - Throws: `CommandError` that names the file.
    static func checkPictures(_ input: Shape, of file: String) throws {
        guard input.rank == 3, [1, 3].contains(input[2]), input.allSatisfy(sides.contains) else {
            throw CommandError(
                "\(file): the input of a model is [height, width, 1 or 3] with sides of "
                    + "\(sides.lowerBound) to \(sides.upperBound), not \(input)")
        }
    }

    /// What the sides of pictures may be; beyond it lie slips of the pen.
    static let sides = 1...4096

    /// Calls `body`, and names the file in the errors that it throws.
    private static func describing<Result>(
        _ file: String, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as ArchitectureError {
            throw CommandError("\(file): \(error)")
        }
    }
}
