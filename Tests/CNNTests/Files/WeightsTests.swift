import CNN
import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct WeightsTests {
    @Test func networksComeBackAsTheyWereSaved() throws {
        try withTemporaryFolder { folder in
            var network = try small(seed: 1)
            network.classNames = ["cat", "dog", "bird"]
            network.preprocessing = #"{"mean":0.5}"#
            let file = folder.appending(path: "weights.safetensors")
            try network.save(to: file)

            let copy = try Sequential(contentsOf: file)
            #expect(copy.parameterNames == network.parameterNames)
            for name in network.parameterNames { #expect(copy[name] == network[name]) }
            #expect(copy.classNames == network.classNames)
            #expect(copy.preprocessing == network.preprocessing)
            #expect(copy.summary == network.summary)
            let images = Tensor(repeating: 0.25, shape: [2, 6, 6, 1])
            #expect(copy(images) == network(images))
        }
    }

    @Test func halfPrecisionHalvesTheFileAndKeepsThreeDigits() throws {
        try withTemporaryFolder { folder in
            let network = try small(seed: 1)
            let whole = folder.appending(path: "whole.safetensors")
            let half = folder.appending(path: "half.safetensors")
            try network.save(to: whole)
            try network.save(to: half, as: .float16)
            let size = { (url: URL) in try Data(contentsOf: url).count }
            #expect(try size(whole) - size(half) >= 2 * network.parameterCount - 8)
            let copy = try Sequential(contentsOf: half)
            for name in network.parameterNames {
                let (stored, original) = (try #require(copy[name]), try #require(network[name]))
                #expect(stored.isApproximatelyEqual(to: original, relativeTolerance: 1e-3))
            }
        }
    }

    @Test func everyMismatchIsNamedAtOnceAndNothingChanges() throws {
        try withTemporaryFolder { folder in
            var other = try SafetensorsFile(bytes: encoded(small(seed: 2)), name: "other")
            other.tensors["dense_1/bias"] = nil
            other.tensors["dense_1/kernel"] = Tensor(zeros: [5, 3])
            other.tensors["dense_9/kernel"] = Tensor(zeros: [1, 1])
            var damaged = try #require(other.tensors["conv2d_1/bias"])
            damaged.withUnsafeMutableElements { $0[0] = .nan }
            other.tensors["conv2d_1/bias"] = damaged
            let file = folder.appending(path: "other.safetensors")
            try other.write(to: file)

            var network = try small(seed: 1)
            let before = network
            let error = #expect(throws: WeightsError.self) {
                try network.loadWeights(contentsOf: file)
            }
            let problems = try #require(error).problems
            #expect(problems.count == 4)
            #expect(problems.contains { $0.contains("dense_1/bias [3] is missing") })
            #expect(problems.contains { $0.contains("dense_1/kernel has the shape [5, 3]") })
            #expect(problems.contains { $0.contains("conv2d_1/bias holds numbers that are not") })
            #expect(problems.contains { $0.contains("dense_9/kernel belongs to no layer") })
            for name in before.parameterNames { #expect(network[name] == before[name]) }
        }
    }

    @Test func weightsOfTheSameArchitectureAreRead() throws {
        try withTemporaryFolder { folder in
            let other = try small(seed: 2)
            let file = folder.appending(path: "other.safetensors")
            try other.save(to: file)
            var network = try small(seed: 1)
            #expect(network["dense_1/kernel"] != other["dense_1/kernel"])
            try network.loadWeights(contentsOf: file)
            for name in other.parameterNames { #expect(network[name] == other[name]) }
        }
    }

    @Test func filesThatAreNotOursAreRefused() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "foreign.safetensors")
            try SafetensorsFile(tensors: ["weight": Tensor(zeros: [2])]).write(to: file)
            let error = #expect(throws: WeightsError.self) { try Sequential(contentsOf: file) }
            #expect(try #require(error).description.contains("carries no architecture"))

            var future = try SafetensorsFile(bytes: encoded(small(seed: 1)), name: "future")
            future.metadata["version"] = "99"
            try future.write(to: file)
            let refusal = #expect(throws: WeightsError.self) { try Sequential(contentsOf: file) }
            #expect(try #require(refusal).description.contains("version 99"))
        }
    }

    @Test func damagedFilesAreErrorsAndNeverTraps() throws {
        try withTemporaryFolder { folder in
            let bytes = try encoded(small(seed: 1))
            let file = folder.appending(path: "damaged.safetensors")
            var source = RandomSource(seed: 3)
            for _ in 0..<200 {
                var damaged = bytes
                // The header, where the architecture stands, is what is most sensitive.
                let position = Int.random(in: 0..<1_500, using: &source)
                damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &source)
                try Data(damaged).write(to: file)
                _ = try? Sequential(contentsOf: file)
            }
            for length in stride(from: 0, to: bytes.count, by: 37) {
                try Data(bytes.prefix(length)).write(to: file)
                #expect(throws: (any Error).self) { try Sequential(contentsOf: file) }
            }
        }
    }

    private func small(seed: UInt64) throws -> Sequential {
        try Sequential(input: [6, 6, 1], seed: seed) {
            Conv2D(filters: 4, kernel: 3)
            BatchNorm()
            ReLU()
            MaxPool(2)
            Flatten()
            Dense(3)
        }
    }

    private func encoded(_ network: Sequential) throws -> [UInt8] {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "weights.safetensors")
            try network.save(to: file)
            return [UInt8](try Data(contentsOf: file))
        }
    }
}
