import CNN
import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@testable import Train

@Suite struct TrainingCheckpointTests {
    /// A checkpoint in the middle of the second epoch, whose first one ran away.
    private static func checkpoint() -> TrainingCheckpoint {
        var progress = TrainingProgress()
        progress.epochs = 1
        progress.stepsInEpoch = 3
        progress.steps = 8
        progress.running.loss = 1.0 / 3
        progress.running.correct = 5
        progress.running.count = 24
        progress.seconds = 0.1
        let report = EpochReport(
            epoch: 1, epochCount: 2, loss: .nan, accuracy: 2.0 / 3, count: 38,
            validationLoss: .infinity, validationAccuracy: 0.25, validationCount: 21,
            learningRate: 1e-4, imagesPerSecond: 123.456, seconds: 0.3)
        return TrainingCheckpoint(
            progress: progress, history: History([report]), dataFingerprint: "38 \"pictures\"",
            arrays: [
                "parameters": Tensor([-0.0, .leastNonzeroMagnitude, 1.0 / 3, -.infinity, .nan]),
                "moments": Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]),
                "statistics": Tensor(zeros: [0]),
            ])
    }

    /// Calls `body` with the bytes of a checkpoint and with a file to write others to.
    private func withCheckpointFile(_ body: (Data, URL) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "checkpoint")
            try Self.checkpoint().write(to: file)
            try body(try Data(contentsOf: file), file)
        }
    }

    private func expectRefusal(_ bytes: Data, at file: URL, _ damage: Comment) throws {
        try bytes.write(to: file)
        let error = #expect(throws: FileError.self, damage) {
            try TrainingCheckpoint(contentsOf: file)
        }
        #expect(error?.code == .damaged, damage)
        #expect(error?.location == file.path, damage)
    }

    @Test func comesBackBitForBit() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "checkpoint")
            let written = Self.checkpoint()
            try written.write(to: file)
            let read = try TrainingCheckpoint(contentsOf: file)
            #expect(read.progress == written.progress)
            #expect(read.dataFingerprint == written.dataFingerprint)
            #expect(read.blasConfiguration == written.blasConfiguration)
            #expect(read.isOfThisProcessor)
            #expect(read.arrays.names.sorted() == ["moments", "parameters", "statistics"])
            for (name, tensor) in written.arrays {
                #expect(read.arrays[name]?.shape == tensor.shape, "\(name)")
                #expect(read.arrays[name]?.bits == tensor.bits, "\(name)")
            }
            let (report, original) = (read.history.epochs[0], written.history.epochs[0])
            #expect(read.history.epochs.count == 1)
            #expect(report.loss.isNaN)
            #expect(report.validationLoss == .infinity)
            #expect(report.accuracy == original.accuracy)
            #expect(report.imagesPerSecond == original.imagesPerSecond)
        }
    }

    @Test func refusesEveryTruncation() throws {
        try withCheckpointFile { bytes, file in
            let lengths = Set(0..<80).union(stride(from: 80, to: bytes.count, by: 13))
                .union([bytes.count - 1])
            for length in lengths {
                try expectRefusal(bytes.prefix(length), at: file, "\(length) bytes are left")
            }
            try expectRefusal(bytes + [0], at: file, "a byte too many")
        }
    }

    @Test func refusesEveryChangedByte() throws {
        try withCheckpointFile { bytes, file in
            var random = RandomSource(seed: 5)
            let places = Set(0..<40).union(
                (0..<200).map { _ in Int.random(in: 0..<bytes.count, using: &random) })
            for place in places {
                var changed = bytes
                changed[place] ^= UInt8.random(in: 1...255, using: &random)
                try expectRefusal(changed, at: file, "byte \(place) is changed")
            }
        }
    }

    @Test("a file whose checksum is right, but that is no checkpoint, is refused, too")
    func refusesOtherContents() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "checkpoint")
            let empty = SafetensorsFile().encoded().withUnsafeBytes { Data($0) }
            for payload in [Data(), Data("nonsense".utf8), empty] {
                var bytes = Data("VALCKPT1".utf8)
                withUnsafeBytes(of: CRC32.checksum(of: payload).littleEndian) {
                    bytes.append(contentsOf: $0)
                }
                try expectRefusal(bytes + payload, at: file, "\(payload.count) bytes")
            }
        }
    }

    @Test func missingFileIsNotFound() {
        let error = #expect(throws: FileError.self) {
            try TrainingCheckpoint(contentsOf: URL(filePath: "/nowhere/checkpoint"))
        }
        #expect(error?.code == .notFound)
    }

    @Test func previousCheckpointIsKept() throws {
        try withTemporaryFolder { folder in
            let folder = RunFolder(folder)
            var checkpoint = Self.checkpoint()
            for steps in 8...10 {
                checkpoint.progress.steps = steps
                try checkpoint.write(
                    to: folder.checkpoint, keepingPreviousAs: folder.previousCheckpoint)
                #expect(try folder.readCheckpoint()?.progress.steps == steps)
                guard steps > 8 else { continue }
                let previous = try TrainingCheckpoint(contentsOf: folder.previousCheckpoint)
                #expect(previous.progress.steps == steps - 1)
            }
            #expect(try fileNames(in: folder.url) == ["checkpoint", "checkpoint.previous"])
        }
    }

    @Test("a trainer does not go on from another network, and says all that does not fit")
    func otherNetwork() throws {
        var configuration = TinyTraining.plain
        configuration.averaging = WeightAverage(decay: 0.9)
        let other = Trainer(try TinyTraining.network(classes: 3), TinyTraining.plain)
            .checkpoint(history: History(), dataFingerprint: "")
        var trainer = Trainer(try TinyTraining.network(), configuration)
        let before = trainer.checkpoint(history: History(), dataFingerprint: "")
        var refusal: WeightsError?
        do throws(WeightsError) {
            try trainer.restore(other)
        } catch {
            refusal = error
        }
        let problems = try #require(refusal).problems
        #expect(problems.count == 4)
        for (problem, name) in zip(
            problems, ["parameters", "moments", "average/parameters", "average/statistics"])
        {
            #expect(problem.hasPrefix("\(name) is "))
        }
        let after = trainer.checkpoint(history: History(), dataFingerprint: "")
        #expect(TrainingState(after) == TrainingState(before), "a refused checkpoint changed it")
    }
}
