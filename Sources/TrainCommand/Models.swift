import ArgumentParser
import CNN
import CommandSupport
import Tensor

/// `train models`: what can be trained by name, and what was.
struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the built-in architectures, and the trained networks that Valence ships.",
        discussion: """
            Examples:
              train models
              train models --json
            """)

    @Flag(help: "Print one JSON object on one line.")
    var json = false

    func run() throws {
        let shipped = try ShippedNetwork.all()
        var entries: [JSONValue] = []
        for name in Architecture.builtInNames {
            guard
                let architecture = Architecture.builtIn(name, input: [48, 48, 1], classes: 7)
            else { continue }
            let network = try Sequential(architecture, seed: 0)
            if json {
                entries.append(description(of: network, name: name))
            } else {
                try Terminal.output("\(name)\n\n\(network.summary)\n")
            }
        }
        if json {
            let object: JSONObject = [
                "models": .array(entries), "shipped": .array(shipped.map(\.description)),
            ]
            try Terminal.output(object.description)
        } else if !shipped.isEmpty {
            try Terminal.output("Trained networks that Valence ships\n")
            for network in shipped { try Terminal.output(network.line) }
        }
    }

    private func description(of network: Sequential, name: String) -> JSONValue {
        let layers = network.layerSummaries.map { layer -> JSONValue in
            [
                "name": .string(layer.name),
                "outputShape": .array(layer.outputShape.map { .integer($0) }),
                "parameters": .integer(layer.parameters),
                "multiplyAdds": .integer(layer.multiplyAdds),
                "bytes": .integer(layer.bytes),
            ]
        }
        return [
            "name": .string(name), "parameters": .integer(network.parameterCount),
            "multiplyAdds": .integer(network.multiplyAdds), "layers": .array(layers),
        ]
    }
}
