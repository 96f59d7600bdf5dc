import CNN
import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@testable import Train

@Suite struct RunFolderTests {
    private static func description() throws -> RunFolder.Description {
        try RunFolder.Description(
            data: "/data/fer2013.zip", validation: "public", skipsDamaged: true,
            architecture: TinyTraining.network().architecture,
            configuration: TinyTraining.everything)
    }

    /// A checkpoint after that many steps.
    private static func checkpoint(steps: Int) -> TrainingCheckpoint {
        var progress = TrainingProgress()
        progress.steps = steps
        return TrainingCheckpoint(
            progress: progress, history: History(), dataFingerprint: "", arrays: [:])
    }

    private func damage(_ file: URL) throws {
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
    }

    @Test func descriptionComesBack() throws {
        try withTemporaryFolder { parent in
            let folder = RunFolder(
                parent.appending(path: "Runs/first", directoryHint: .isDirectory))
            try folder.create(Self.description())
            let read = try folder.readDescription()
            #expect(read.data == "/data/fer2013.zip")
            #expect(read.validation == "public")
            #expect(read.skipsDamaged)
            #expect(read.configuration == TinyTraining.everything)
            let architecture = try Architecture(json: Data(read.architecture.utf8))
            #expect(try architecture.json == TinyTraining.network().architecture.json)
        }
    }

    @Test("a run keeps whether it fuses layers; one from before there was a choice does")
    func fusion() throws {
        try withTemporaryFolder { url in
            let folder = RunFolder(url)
            var description = try Self.description()
            description.configuration.fusesLayers = false
            try folder.create(description)
            #expect(try folder.readDescription().configuration == description.configuration)

            let file = url.appending(path: "run.json")
            let stored = try String(contentsOf: file, encoding: .utf8)
            let older = stored.replacing(/\s*"fusesLayers" : false,/, with: "")
            try #require(older != stored)
            try Data(older.utf8).write(to: file)
            description.configuration.fusesLayers = true
            #expect(try folder.readDescription().configuration == description.configuration)
        }
    }

    @Test func aRunIsNotOverwritten() throws {
        try withTemporaryFolder { url in
            try RunFolder(url).create(Self.description())
            let error = #expect(throws: FileError.self) {
                try RunFolder(url).create(Self.description())
            }
            #expect(error?.message.hasPrefix("holds a run already.") == true)
        }
    }

    @Test func aFileIsNoFolder() throws {
        try withTemporaryFolder { url in
            try url.addFile("file", [1])
            let error = #expect(throws: FileError.self) {
                try RunFolder(url.appending(path: "file")).create(Self.description())
            }
            #expect(error?.code == .inaccessible)
            #expect(try Data(contentsOf: url.appending(path: "file")) == Data([1]))
        }
    }

    @Test func noRunAndDamagedRun() throws {
        try withTemporaryFolder { url in
            let missing = #expect(throws: FileError.self) { try RunFolder(url).readDescription() }
            #expect(missing?.code == .notFound)
            try url.addFile("run.json", Array("{\"data\": 1}".utf8))
            let damaged = #expect(throws: FileError.self) { try RunFolder(url).readDescription() }
            #expect(damaged?.code == .damaged)
        }
    }

    @Test func noCheckpointYet() throws {
        try withTemporaryFolder { url in
            let checkpoint = try RunFolder(url).readCheckpoint()
            #expect(checkpoint == nil)
        }
    }

    @Test("between two renames on a file system without hard links, only the one before is there")
    func onlyThePreviousCheckpoint() throws {
        try withTemporaryFolder { url in
            let folder = RunFolder(url)
            try Self.checkpoint(steps: 4).write(to: folder.previousCheckpoint)
            #expect(try folder.readCheckpoint()?.progress.steps == 4)
        }
    }

    @Test func damagedCheckpointOffersTheOneBefore() throws {
        try withTemporaryFolder { url in
            let folder = RunFolder(url)
            try Self.checkpoint(steps: 4).write(to: folder.previousCheckpoint)
            try Self.checkpoint(steps: 5).write(to: folder.checkpoint)
            try damage(folder.checkpoint)
            let error = #expect(throws: FileError.self) { try folder.readCheckpoint() }
            #expect(error?.code == .damaged)
            let message = error?.message ?? ""
            #expect(message.contains("checksum"))
            #expect(message.contains("after step 4, is intact"))
            #expect(message.hasSuffix("--resume \(folder.previousCheckpoint.path)"))

            try damage(folder.previousCheckpoint)
            let second = #expect(throws: FileError.self) { try folder.readCheckpoint() }
            #expect(second?.message.hasSuffix("start the run anew.") == true)
        }
    }

    @Test("going back replaces the damaged checkpoint, so that it never becomes the one before")
    func goingBack() throws {
        try withTemporaryFolder { url in
            let folder = RunFolder(url)
            try Self.checkpoint(steps: 4).write(to: folder.previousCheckpoint)
            try Self.checkpoint(steps: 5).write(to: folder.checkpoint)
            try damage(folder.checkpoint)
            let earlier = try folder.returnToCheckpoint(at: folder.previousCheckpoint)
            #expect(earlier.progress.steps == 4)
            #expect(try folder.readCheckpoint()?.progress.steps == 4)
            #expect(
                try TrainingCheckpoint(contentsOf: folder.previousCheckpoint).progress.steps == 4)
        }
    }

    @Test func goingBackToADamagedCheckpointChangesNothing() throws {
        try withTemporaryFolder { url in
            let folder = RunFolder(url)
            try Self.checkpoint(steps: 4).write(to: folder.previousCheckpoint)
            try Self.checkpoint(steps: 5).write(to: folder.checkpoint)
            try damage(folder.previousCheckpoint)
            #expect(throws: FileError.self) {
                try folder.returnToCheckpoint(at: folder.previousCheckpoint)
            }
            #expect(try folder.returnToCheckpoint(at: folder.checkpoint).progress.steps == 5)
        }
    }
}
