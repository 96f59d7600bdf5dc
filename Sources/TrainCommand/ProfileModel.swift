import ArgumentParser
import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// `train profile`: what each layer takes in a training step.
struct ProfileModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Measure what each layer takes in a training step.",
        discussion: """
            Trains for a few steps on pictures of noise. Layers that are computed at once are one. \
            The floor is the time that the matrix products would take, if all threads multiplied \
            as fast as one alone does; its share in the time of a layer says how much better that \
            layer could be.

            Examples:
              train profile
              train profile --model vgg --input 64x64x3 --classes 10 --threads 1
              train profile --model flowers.json --no-fusion --json
            """)

    @Option(
        help: ArgumentHelp(
            "An architecture that `train models` lists, or a JSON file that describes one.",
            valueName: "name|file.json"))
    var model = "sequential"

    @Option(help: ArgumentHelp("The number of pictures of a step.", valueName: "n"))
    var batchSize = 64

    @Option(
        help: ArgumentHelp(
            "The number of threads. (default: as many as processors)", valueName: "n"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "The size of the pictures; 1 or 3 channels. (default: 48x48x1, or the file's)",
            valueName: "HxWxC"))
    var input: PictureSize?

    @Option(
        help: ArgumentHelp("The number of classes. (default: 7, or the file's)", valueName: "n"))
    var classes: Int?

    @Option(help: ArgumentHelp("How weights follow from gradients.", valueName: "name"))
    var optimizer = OptimizerName.adam

    @Flag(help: "Compute each layer by itself, to compare.")
    var noFusion = false

    @Flag(help: "Print one JSON object on one line.")
    var json = false

    func validate() throws {
        try checkBatchSize(batchSize)
        try checkCounts([("classes", classes)])
        try checkThreads(threads)
    }

    func run() throws {
        let choice = try ModelChoice(model)
        let network = try Sequential(
            choice.architecture(input: input?.shape, classes: classes), seed: 42)
        let trainer = Trainer(
            network, optimizer: optimizer.choice.optimizer,
            schedule: .constant(optimizer.usualRate), batchSize: batchSize,
            fusesLayers: !noFusion,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, seed: 42)
        let profile = trainer.profile()
        try Terminal.output(
            json ? object(profile).description : "\(choice.name)\n\n\(profile)")
    }

    private func object(_ profile: Profile) -> JSONObject {
        let layers = profile.layers.map { layer -> JSONValue in
            [
                "name": .string(layer.name),
                "algorithm": layer.algorithm.map(JSONValue.string) ?? .null,
                "milliseconds": [
                    "prepare": .number(layer.prepare), "forward": .number(layer.forward),
                    "backward": .number(layer.backward), "total": .number(layer.milliseconds),
                ],
                "multiplyAdds": .integer(layer.multiplyAdds),
                "floorShare": .number(profile.floorShare(of: layer)),
            ]
        }
        return [
            "model": .string(model),
            "batchSize": .integer(profile.batchSize),
            "threads": .integer(profile.threads),
            "optimizer": .string(optimizer.rawValue),
            "fusion": .bool(!noFusion),
            "steps": .integer(profile.steps),
            "layers": .array(layers),
            "milliseconds": [
                "loss": .number(profile.loss), "optimizer": .number(profile.optimizer),
                "waiting": .number(profile.waiting), "step": .number(profile.milliseconds),
            ],
            "imagesPerSecond": .number(profile.imagesPerSecond),
            "multiplyAdds": .integer(profile.multiplyAdds),
            "gigaflops": .number(profile.productRate),
            "floorShare": .number(profile.floorShare),
        ]
    }
}
