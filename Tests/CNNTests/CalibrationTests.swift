import CNN
import Foundation
import Tensor
import Testing
import _TestSupport

struct CalibrationTests {
    @Test func dividesLogits() {
        let logits = Tensor([1, 3, 5, -2, 0, 2], shape: [2, 3])
        let calibration = Calibration(temperature: 2, fittedOn: "tests")
        let expected = (logits / 2).softmax(axis: -1)
        #expect(calibration.probabilities(ofLogits: logits) == expected)
    }

    @Test("comes back with the weights, and is refused where it makes no sense")
    func files() throws {
        try withTemporaryFolder { folder in
            var network = try Sequential(input: [2], seed: 1) { Dense(3) }
            let file = folder.appending(path: "weights.safetensors")
            try network.save(to: file)
            #expect(try Sequential(contentsOf: file).calibration == nil)
            network.calibration = Calibration(temperature: 1.25, fittedOn: "PublicTest")
            try network.save(to: file)
            #expect(try Sequential(contentsOf: file).calibration == network.calibration)

            var other = try Sequential(input: [2], seed: 2) { Dense(3) }
            try other.loadWeights(contentsOf: file)
            #expect(other.calibration == network.calibration)
            let plain = folder.appending(path: "plain.safetensors")
            try Sequential(input: [2], seed: 3) { Dense(3) }.save(to: plain)
            try other.loadWeights(contentsOf: plain)
            #expect(other.calibration == nil)

            let temperatures = ["0", "1e-300", "101"].map {
                #"{"fittedOn":"x","temperature":\#($0)}"#
            }
            for damaged in ["{"] + temperatures {
                var weights = try SafetensorsFile(contentsOf: file)
                weights.metadata["calibration"] = damaged
                try weights.write(to: file)
                let error = #expect(throws: WeightsError.self) { try Sequential(contentsOf: file) }
                #expect(error?.description.contains("its calibration is damaged") == true)
            }
        }
    }
}
