import CNN
import Foundation
import Tensor
import Testing
import _TestSupport

struct MeasuredAccuracyTests {
    @Test func standardError() {
        let measured = MeasuredAccuracy(accuracy: 0.6, count: 100, measuredOn: "faces")
        #expect(abs(measured.standardError - (0.24 / 100).squareRoot()) < 1e-12)
    }

    @Test("comes back with the weights, and is refused where it makes no sense")
    func files() throws {
        try withTemporaryFolder { folder in
            var network = try Sequential(input: [2], seed: 1) { Dense(3) }
            let file = folder.appending(path: "weights.safetensors")
            try network.save(to: file)
            #expect(try Sequential(contentsOf: file).measuredAccuracy == nil)
            network.measuredAccuracy = MeasuredAccuracy(
                accuracy: 0.7, count: 3589, measuredOn: "PublicTest")
            try network.save(to: file)
            var other = try Sequential(contentsOf: file)
            #expect(other.measuredAccuracy == network.measuredAccuracy)

            let plain = folder.appending(path: "plain.safetensors")
            try Sequential(input: [2], seed: 3) { Dense(3) }.save(to: plain)
            try other.loadWeights(contentsOf: plain)
            #expect(other.measuredAccuracy == nil)

            let impossible = [
                #"{"accuracy":7,"count":5,"measuredOn":"x"}"#,
                #"{"accuracy":0.5,"count":0,"measuredOn":"x"}"#, #"{"accuracy":0.5}"#, "{",
            ]
            for damaged in impossible {
                var weights = try SafetensorsFile(contentsOf: file)
                weights.metadata["accuracy"] = damaged
                try weights.write(to: file)
                let error = #expect(throws: WeightsError.self) { try Sequential(contentsOf: file) }
                #expect(error?.description.contains("its accuracy is damaged") == true)
            }
        }
    }

    @Test func anImpossibleOneTraps() async {
        await #expect(processExitsWith: .failure) {
            _ = MeasuredAccuracy(accuracy: 1.5, count: 2, measuredOn: "faces")
        }
    }
}
