import ArgumentParser
import CommandSupport

@main
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train and evaluate networks that classify pictures.",
        discussion: """
            Examples:
              train                                   the built-in network on drawn faces
              train --data fer2013.zip --epochs 30    on FER-2013, as downloaded
              train --data fer2013.zip --recipe accurate
              train --data flowers --model vgg        on any folder of class folders
              train --resume Runs/sequential-1        go on with a run that was stopped
              train fit --help                        all settings of a training
              train evaluate --weights Runs/sequential-1/last.safetensors --data fer2013.zip
              train profile --model vgg               what each layer takes in a step
            """,
        version: "0.1.0",
        subcommands: [Fit.self, Evaluate.self, Export.self, Models.self, ProfileModel.self],
        defaultSubcommand: Fit.self)

    static func main() { runAndReport() }
}
