import CNN
import Files
import Foundation
import Imaging
import Tensor
import Testing
import _TestSupport

@testable import Train

@Suite struct TrainingRunTests {
    /// Trains without interruption, and returns what it came to.
    private func uninterrupted(
        _ configuration: TrainingConfiguration, in folder: URL
    ) throws -> TrainingState {
        var run = try TinyTraining.run(configuration, in: folder)
        try run.run()
        return TrainingState(of: run)
    }

    @Test(
        "stopped after every single step and resumed, it ends with the same bits",
        arguments: [TinyTraining.plain, TinyTraining.everything])
    func resumedIsUninterrupted(configuration: TrainingConfiguration) throws {
        try withTemporaryFolder { folder in
            let whole = folder.appending(path: "whole", directoryHint: .isDirectory)
            let pieces = folder.appending(path: "pieces", directoryHint: .isDirectory)
            let expected = try uninterrupted(configuration, in: whole)
            #expect(expected.progress.steps == 2 * TinyTraining.stepsPerEpoch)

            var stops = 0
            while true {
                var run = try TinyTraining.run(
                    configuration, in: pieces, resuming: RunFolder(pieces).readCheckpoint())
                if try run.run(shouldStop: { true }) {
                    #expect(TrainingState(of: run) == expected)
                    break
                }
                stops += 1
                try #require(stops <= expected.progress.steps)
                let steps = run.trainer.progress.steps
                #expect(steps == stops)
            }
            #expect(stops == expected.progress.steps)
            for name in ["last.safetensors", "best.safetensors"] {
                #expect(
                    try Data(contentsOf: pieces.appending(path: name))
                        == Data(contentsOf: whole.appending(path: name)), "\(name)")
            }
        }
    }

    @Test("a step draws what its number says, so that other seeds give other weights")
    func seedsMatter() throws {
        try withTemporaryFolder { folder in
            var other = TinyTraining.plain
            other.seed = 43
            let first = try uninterrupted(TinyTraining.plain, in: folder.appending(path: "1"))
            let same = try uninterrupted(TinyTraining.plain, in: folder.appending(path: "2"))
            let changed = try uninterrupted(other, in: folder.appending(path: "3"))
            #expect(first == same)
            #expect(first.arrays["parameters"] != changed.arrays["parameters"])
        }
    }

    @Test func writesAConsistentFolder() throws {
        try withTemporaryFolder { url in
            let folder = RunFolder(url)
            var run = try TinyTraining.run(TinyTraining.plain, in: url)
            #expect(try run.run())
            let (history, evaluation) = (run.history, run.evaluation)
            let expected = [
                "best.safetensors", "checkpoint", "checkpoint.previous", "confusion.png",
                "confusion.svg", "curves.png", "curves.svg", "history.csv", "history.json",
                "last.safetensors",
            ]
            let names = try fileNames(in: url)
            #expect(names.filter { !$0.hasPrefix("events.") } == expected)
            #expect(names.count == expected.count + 1)

            #expect(history.epochs.map(\.epoch) == [1, 2])
            #expect(history.epochs.map(\.count) == [38, 38])
            let rows = try String(contentsOf: url.appending(path: "history.csv"), encoding: .utf8)
            #expect(rows == history.csv)
            #expect(try History(contentsOf: url.appending(path: "history.json")) == history)

            for name in ["curves", "confusion"] {
                let picture = try Image(contentsOf: url.appending(path: "\(name).png"))
                #expect(picture.width > 100 && Set(picture.samples).count > 2, "\(name)")
                let drawing = try String(
                    contentsOf: url.appending(path: "\(name).svg"), encoding: .utf8)
                #expect(drawing.hasPrefix("<svg"), "\(name)")
            }
            let last = try #require(history.epochs.last)
            #expect(evaluation?.count == TinyTraining.validation.count)
            #expect(evaluation?.accuracy == last.validationAccuracy)
            for (file, report) in [
                (folder.lastWeights, last), (folder.bestWeights, try #require(history.best)),
            ] {
                let network = try Sequential(contentsOf: file)
                #expect(network.classNames == TinyTraining.training.classNames)
                let evaluation = try network.evaluate(on: TinyTraining.validation)
                #expect(evaluation.accuracy == report.validationAccuracy)
            }
        }
    }

    @Test func finishedRunTrainsNoMore() throws {
        try withTemporaryFolder { url in
            let state = try uninterrupted(TinyTraining.plain, in: url)
            let files = try fileNames(in: url)
            var run = try TinyTraining.run(
                TinyTraining.plain, in: url, resuming: RunFolder(url).readCheckpoint())
            let isFinished = run.isFinished
            #expect(isFinished)
            var steps = 0
            #expect(try run.run(shouldStop: { true }, onStep: { _ in steps += 1 }))
            #expect(steps == 0)
            #expect(TrainingState(of: run) == state)
            #expect(try fileNames(in: url) == files)
        }
    }

    @Test func checkpointsComeInTheirInterval() throws {
        try withTemporaryFolder { url in
            var configuration = TinyTraining.plain
            configuration.checkpointInterval = 3
            var saved: [Int] = []
            var run = try TinyTraining.run(configuration, in: url)
            try run.run(onStep: { _ in
                saved.append((try? RunFolder(url).readCheckpoint())?.progress.steps ?? 0)
            })
            // What a step finds is what those before it left; epochs end after steps 5 and 10.
            #expect(saved == [0, 0, 0, 3, 3, 5, 6, 6, 6, 9])
            #expect(try RunFolder(url).readCheckpoint()?.progress.steps == 10)
        }
    }

    @Test func checkpointsComeInTimeToo() throws {
        try withTemporaryFolder { url in
            var saved: [Int] = []
            var run = try TinyTraining.run(TinyTraining.plain, in: url)
            run.longestTimeWithoutCheckpoint = .zero
            try run.run(onStep: { _ in
                saved.append((try? RunFolder(url).readCheckpoint())?.progress.steps ?? 0)
            })
            #expect(saved == Array(0...9))
        }
    }

    @Test("it ends early only when asked to")
    func earlyStopping() throws {
        try withTemporaryFolder { url in
            var configuration = TinyTraining.plain
            // At a rate of 0 the running statistics still move, so there is no batch norm here.
            configuration.schedule = .constant(0)
            configuration.epochs = 4
            let network = try Sequential(input: [48, 48, 1], seed: 1) {
                Flatten()
                Dense(7)
            }
            for (patience, epochs) in [(nil, 4), (1, 2), (2, 3), (9, 4)] {
                configuration.patience = patience
                var run = try TrainingRun(
                    network, configuration, training: TinyTraining.training,
                    validation: TinyTraining.validation, folder: RunFolder(url))
                #expect(try run.run())
                let count = run.history.epochs.count
                #expect(count == epochs, "patience \(patience ?? 0)")
            }
        }
    }

    @Test func divergedTrainingEnds() throws {
        try withTemporaryFolder { url in
            var configuration = TinyTraining.plain
            configuration.optimizer = .sgd(SGD(momentum: 0.9))
            configuration.schedule = .constant(1e30)
            var run = try TinyTraining.run(configuration, in: url)
            var failure: (any Error)?
            do {
                try run.run()
            } catch {
                failure = error
            }
            let error = try #require(failure as? DivergedTraining)
            #expect(error.steps <= TinyTraining.stepsPerEpoch)
            #expect("\(error)".contains("lower learning rate"))
            #expect(try !fileNames(in: url).contains("last.safetensors"))
        }
    }

    @Test func doesNotGoOnWithOtherDataOrBatches() throws {
        try withTemporaryFolder { url in
            var run = try TinyTraining.run(TinyTraining.plain, in: url)
            #expect(try !run.run(shouldStop: { true }))
            let checkpoint = try RunFolder(url).readCheckpoint()
            func expectRefusal(
                _ configuration: TrainingConfiguration, _ training: ImageDataset, _ word: String
            ) {
                var message = ""
                do {
                    _ = try TinyTraining.run(
                        configuration, in: url, training: training, resuming: checkpoint)
                } catch {
                    message = "\(error)"
                }
                #expect(message.contains(word), "\(message)")
            }
            let others = SyntheticFaces.dataset(count: 38, seed: 2)
            expectRefusal(TinyTraining.plain, others, "other training data")
            let fewer = TinyTraining.training.selecting(0..<30)
            expectRefusal(TinyTraining.plain, fewer, "other training data")
            var configuration = TinyTraining.plain
            configuration.batchSize = 4
            expectRefusal(configuration, TinyTraining.training, "batches of 4")
        }
    }

    @Test func folderThatCannotBeWrittenIsAnError() throws {
        var run = try TinyTraining.run(
            TinyTraining.plain, in: URL(filePath: "/proc/valence", directoryHint: .isDirectory))
        var failure: (any Error)?
        do {
            try run.run()
        } catch {
            failure = error
        }
        #expect(failure is FileError)
    }
}
