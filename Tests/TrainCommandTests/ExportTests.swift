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
            #expect(result.outputLines[1].hasPrefix("temperature "))
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

    @Test("nothing is chosen by PrivateTest")
    func privateTest() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.run([
                "export", "--weights", "a", "--output", "b", "--split", "private",
            ])
            #expect(result.status == 64)
            #expect(result.errors.contains("nothing is chosen by PrivateTest"))
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
