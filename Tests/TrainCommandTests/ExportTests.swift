import CNN
import Foundation
import Testing
import _TestSupport

@Suite struct ExportTests {
    @Test("half the size, and the file says how good it is")
    func export() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            let result = try await workplace.succeed([
                "export", "--weights", "run/last.safetensors", "--data", "pictures", "--output",
                "small.safetensors",
            ])
            #expect(result.outputLines[0].hasPrefix("validation  loss "))
            #expect(result.outputLines[1].hasPrefix("calibration error "))
            let whole = try Sequential(
                contentsOf: workplace.folder.appending(path: "run/last.safetensors"))
            let file = workplace.folder.appending(path: "small.safetensors")
            let small = try Sequential(contentsOf: file)
            #expect(try small.architecture.json == whole.architecture.json)
            #expect(try SafetensorsPrecision.bytesOfNumbers(in: file) == 2 * whole.parameterCount)

            let evaluation = try jsonObject(
                try await workplace.succeed([
                    "evaluate", "--weights", "small.safetensors", "--data", "pictures", "--json",
                ]).output)
            #expect(small.measuredAccuracy?.accuracy == evaluation["accuracy"] as? Double)
            #expect(small.measuredAccuracy?.measuredOn == "validation")
            let calibration = try #require(evaluation["calibration"] as? [String: Any])
            #expect(small.calibration?.temperature == calibration["temperature"] as? Double)
            #expect(calibration["measuredWhereFitted"] as? Bool == true)
        }
    }

    @Test("weights may take the place of those they come from")
    func inPlace() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            func export(_ source: String, _ target: String) async throws {
                try await workplace.succeed([
                    "export", "--weights", source, "--output", target, "--data", "pictures",
                ])
            }
            try await export("run/last.safetensors", "small.safetensors")
            try await export("run/last.safetensors", "run/last.safetensors")
            #expect(
                try workplace.bytes("run/last.safetensors")
                    == workplace.bytes("small.safetensors"))
        }
    }

    @Test("nothing is measured on PrivateTest, on what was learned, or on drawn faces unasked")
    func wrongData() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            try workplace.addFaces("fer2013.csv", splits: ["Training": 14, "PrivateTest": 7])
            try workplace.addFaces("all.csv", splits: ["Training": 14, "PublicTest": 7])
            try await workplace.succeed([
                "--data", "all.csv", "--model", "faces.json", "--epochs", "1", "--output", "run",
            ])
            let export = [
                "export", "--weights", "run/last.safetensors", "--output", "small.safetensors",
            ]
            let unnamed = try await workplace.failure(export)
            #expect(unnamed.contains("there are no pictures to measure the weights on"))
            let other = try await workplace.failure(export + ["--data", "fer2013.csv"])
            #expect(other.contains("neither PublicTest nor validation pictures, only: private"))
            #expect(!workplace.exists("small.safetensors"))
        }
    }
}

/// What the header of a safetensors file says of its numbers.
private enum SafetensorsPrecision {
    /// The bytes that all tensors take.
    static func bytesOfNumbers(in file: URL) throws -> Int {
        let data = try Data(contentsOf: file)
        let length = data.prefix(8).enumerated().reduce(0) {
            $0 | Int($1.element) << (8 * $1.offset)
        }
        return data.count - 8 - length
    }
}
