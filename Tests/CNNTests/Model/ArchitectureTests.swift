import CNN
import Foundation
import Tensor
import Testing

struct ArchitectureTests {
    /// Every kind of module, with no setting at its default, and its description.
    private let modules: [(module: any Module, json: String)] = [
        (
            Conv2D(
                filters: 6, kernel: 2, stride: 3, padding: .same, groups: 2, bias: false,
                initializer: .heNormal),
            #"{"bias":false,"filters":6,"groups":2,"initializer":"heNormal","kernel":2,"#
                + #""layer":"Conv2D","padding":"same","stride":3}"#
        ),
        (
            Dense(5, bias: false, initializer: .glorotNormal),
            #"{"bias":false,"initializer":"glorotNormal","layer":"Dense","units":5}"#
        ),
        (
            BatchNorm(momentum: 0.25, epsilon: 0.5),
            #"{"epsilon":0.5,"layer":"BatchNorm","momentum":0.25}"#
        ),
        (ReLU(), #"{"layer":"ReLU"}"#),
        (LeakyReLU(slope: 0.5), #"{"layer":"LeakyReLU","slope":0.5}"#),
        (SiLU(), #"{"layer":"SiLU"}"#),
        (Sigmoid(), #"{"layer":"Sigmoid"}"#),
        (Tanh(), #"{"layer":"Tanh"}"#),
        (Softmax(), #"{"layer":"Softmax"}"#),
        (
            MaxPool(3, stride: 1, padding: .same),
            #"{"layer":"MaxPool","padding":"same","size":3,"stride":1}"#
        ),
        (
            AveragePool(2, stride: 5, padding: .same),
            #"{"layer":"AveragePool","padding":"same","size":2,"stride":5}"#
        ),
        (GlobalAveragePool(), #"{"layer":"GlobalAveragePool"}"#),
        (Dropout(0.5), #"{"layer":"Dropout","rate":0.5}"#),
        (Flatten(), #"{"layer":"Flatten"}"#),
        (
            Chain {
                ReLU()
                Chain {}
            },
            #"{"layer":"Chain","layers":[{"layer":"ReLU"},{"layer":"Chain","layers":[]}]}"#
        ),
        (
            Residual {
                ReLU()
            } shortcut: {
                Tanh()
            },
            #"{"body":{"layers":[{"layer":"ReLU"}]},"layer":"Residual","#
                + #""shortcut":{"layers":[{"layer":"Tanh"}]}}"#
        ),
        (
            Branch(.added) {
                ReLU()
                Dropout(0.25)
            },
            #"{"join":"added","layer":"Branch","#
                + #""paths":[{"layer":"ReLU"},{"layer":"Dropout","rate":0.25}]}"#
        ),
    ]

    private func text(_ architecture: Architecture) throws -> String {
        String(decoding: try architecture.json, as: UTF8.self)
    }

    @Test func everyModuleIsWrittenAndReadBack() throws {
        let architecture = Architecture(input: [12, 12, 4], modules: modules.map(\.module))
        let json =
            #"{"input":[12,12,4],"layers":["# + modules.map(\.json).joined(separator: ",") + "]}"
        #expect(try text(architecture) == json)
        let read = try Architecture(json: Data(json.utf8))
        #expect(read.input == [12, 12, 4])
        #expect(read.modules.map { "\($0)" } == architecture.modules.map { "\($0)" })
        #expect(try text(read) == json)
        #expect(LayerRegistry.builtIn.kinds == modules.map { type(of: $0.module).kind }.sorted())
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let json = """
            {"input": [48, 48, 1], "layers": [
                {"layer": "Conv2D", "filters": 32, "kernel": 3}, {"layer": "BatchNorm"},
                {"layer": "LeakyReLU"}, {"layer": "MaxPool", "size": 2},
                {"layer": "AveragePool", "size": 3}, {"layer": "Dropout", "rate": 0.5},
                {"layer": "Residual", "body": {"layers": [{"layer": "ReLU"}]}},
                {"layer": "Branch", "paths": [{"layer": "ReLU"}, {"layer": "Tanh"}]},
                {"layer": "Flatten"}, {"layer": "Dense", "units": 7}]}
            """
        let modules = try Architecture(json: Data(json.utf8)).modules
        #expect(modules[0] as? Conv2D == Conv2D(filters: 32, kernel: 3))
        #expect(modules[1] as? BatchNorm == BatchNorm())
        #expect(modules[2] as? LeakyReLU == LeakyReLU())
        #expect(modules[3] as? MaxPool == MaxPool(2))
        #expect((modules[3] as? MaxPool)?.stride == 2)
        #expect(modules[4] as? AveragePool == AveragePool(3))
        #expect((modules[6] as? Residual)?.shortcut.modules.isEmpty == true)
        #expect((modules[7] as? Branch)?.join == .concatenated)
        #expect(modules[9] as? Dense == Dense(7))
    }

    @Test(arguments: [
        ("", "not valid JSON"),
        (#"{"layers":[]}"#, #""input" is missing"#),
        (#"{"input":[2,2,1],"layers":[{"filters":3}]}"#, #""layer" is missing at layers.0"#),
        (
            #"{"input":[2,2,1],"layers":[{"layer":"ReLU"},{"layer":"Conv2D","kernel":3}]}"#,
            #""filters" is missing at layers.1"#
        ),
        (#"{"input":[2,-2],"layers":[]}"#, "no negative lengths: [2, -2] at input"),
        (
            #"{"input":[2],"layers":[{"layer":"Dense","units":2,"initializer":"magic"}]}"#,
            "layers.0.initializer"
        ),
        (
            #"{"input":[2],"layers":[{"layer":"Chain","layers":[{"layer":"Dens"}]}]}"#,
            "there is no layer named Dens; known are AveragePool, BatchNorm, Branch, Chain, Conv2D, "
                + "Dense, Dropout, Flatten, GlobalAveragePool, LeakyReLU, MaxPool, ReLU, Residual, "
                + "SiLU, Sigmoid, Softmax, Tanh at layers.0.layers.0"
        ),
    ])
    func saysWhatIsWrong(json: String, message: String) {
        let error = #expect(throws: ArchitectureError.self) {
            try Architecture(json: Data(json.utf8))
        }
        #expect(error?.message.hasPrefix("the architecture cannot be read: ") == true)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        #"{"input":[3000000000,3000000000,9],"layers":[{"layer":"ReLU"}]}"#,
        #"{"input":[0,4,1],"layers":[{"layer":"ReLU"}]}"#,
        #"{"input":[7],"layers":[{"layer":"Dense","units":9000000000000000000}]}"#,
        #"{"input":[100000],"layers":[{"layer":"Dense","units":1000000}]}"#,
        #"{"input":[8,8,1],"layers":[{"layer":"Conv2D","filters":4000000000000000000,"kernel":1}]}"#,
        #"{"input":[8,8,1],"layers":[{"layer":"Conv2D","filters":1,"kernel":9000000000000000000}]}"#,
        """
        {"input":[8,8,1],"layers":[{"layer":"MaxPool","size":2,"padding":"same",
        "stride":9223372036854775807}]}
        """,
    ])
    func sizesThatWouldOverflowAreRefused(json: String) throws {
        let architecture = try Architecture(json: Data(json.utf8))
        #expect(throws: ArchitectureError.self) { try Sequential(architecture, seed: 0) }
    }
}
