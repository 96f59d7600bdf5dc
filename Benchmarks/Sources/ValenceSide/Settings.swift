import Foundation

/// What to measure, in which size.
///
/// All sides get the same settings, as one JSON object, from `harness/works.py`.
struct Settings: Decodable {
    /// The name of the work.
    var work: String
    /// The number of threads that share a batch.
    var threads: Int
    /// The number of images of a step.
    var batch: Int
    /// The height and width of an image.
    var size: Int
    /// The channels of `convolution`.
    var channels: Int?

    /// Reads the only argument of the program.
    init(arguments: [String]) throws {
        guard arguments.count == 2 else {
            throw SettingsError(description: "takes one argument, the settings as JSON")
        }
        self = try JSONDecoder().decode(Settings.self, from: Data(arguments[1].utf8))
    }

    /// Prepares the work.
    func makeWork() throws -> any Work {
        switch work {
        case "training-step": try TrainingStep.sequential(self)
        case "bare-step": try TrainingStep.bare(self)
        case "vgg-step": try TrainingStep.vgg(self)
        case "convolution": try TrainingStep.convolution(self)
        case "inference": try Inference(self)
        case "epoch": try Epoch(self)
        default: throw SettingsError(description: "there is no work \(work)")
        }
    }
}

private struct SettingsError: Error, CustomStringConvertible {
    var description: String
}
