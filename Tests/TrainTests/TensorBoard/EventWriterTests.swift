import Files
import Foundation
import SwiftProtobuf
import Testing
import _TestSupport

@testable import Train

@Suite struct EventWriterTests {
    @Test func eventsReadBack() throws {
        try withTemporaryFolder { folder in
            let writer = try EventWriter(
                folder: folder.appending(path: "run"), startingAt: 7,
                wallTime: Date(timeIntervalSince1970: 1_700_000_000.5))
            try writer.write(scalars: ["loss": 1.5, "accuracy/training": 0], step: 8)
            try writer.write(
                scalars: ["loss": -.infinity], step: 9, wallTime: Date(timeIntervalSince1970: 3))
            let events = try readEvents(writer.file)

            #expect(events.count == 4)
            #expect(events[0].fileVersion == "brain.Event:2")
            #expect(events[0].wallTime == 1_700_000_000.5)
            #expect(events[1].sessionLog.status == .start)
            #expect(events[1].step == 7)
            #expect(events[2].step == 8)
            #expect(events[2].summary.value.map(\.tag) == ["accuracy/training", "loss"])
            // A value of 0 is written, not left out as a default.
            #expect(events[2].summary.value.map(\.value) == [.simpleValue(0), .simpleValue(1.5)])
            #expect(events[3].summary.value.map(\.simpleValue) == [-.infinity])
            #expect(events[3].wallTime == 3)
        }
    }

    @Test func fileIsNamedAsTensorBoardExpects() throws {
        try withTemporaryFolder { folder in
            let time = Date(timeIntervalSince1970: 1_700_000_000)
            let first = try EventWriter(folder: folder, wallTime: time)
            let second = try EventWriter(folder: folder, wallTime: time)
            #expect(first.file.lastPathComponent.hasPrefix("events.out.tfevents.1700000000."))
            #expect(first.file.lastPathComponent < second.file.lastPathComponent)
        }
    }

    @Test func folderThatCannotBeWrittenIsNamed() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            let error = #expect(throws: FileError.self) { try EventWriter(folder: file) }
            #expect(error?.location.hasPrefix(file.path(percentEncoded: false)) == true)
        }
    }

    @Test(.enabled(if: TensorBoardPython.executable != nil, TensorBoardPython.hint))
    func tensorBoardReadsThem() throws {
        let python = try #require(TensorBoardPython.executable)
        try withTemporaryFolder { folder in
            let time = Date(timeIntervalSince1970: 1_700_000_000)
            let before = try EventWriter(folder: folder, wallTime: time)
            try before.write(scalars: ["accuracy": 0, "loss": 2], step: 1)
            try before.write(scalars: ["accuracy": 0.25, "loss": 1.5], step: 2)
            try before.write(scalars: ["accuracy": 0.9, "loss": 9], step: 3)
            // The run was interrupted after step 3 and goes on from the checkpoint of step 2.
            let after = try EventWriter(
                folder: folder, startingAt: 3, wallTime: time.addingTimeInterval(60))
            try after.write(scalars: ["accuracy": 0.5, "loss": 1.25], step: 3)

            let script = """
                import sys
                from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
                events = EventAccumulator(sys.argv[1]).Reload()
                for tag in sorted(events.Tags()["scalars"]):
                    print(tag, *((e.step, e.value) for e in events.Scalars(tag)))
                """
            let output = try TensorBoardPython.run(python, script, folder)
            #expect(
                output == """
                    accuracy (1, 0.0) (2, 0.25) (3, 0.5)
                    loss (1, 2.0) (2, 1.5) (3, 1.25)

                    """)
        }
    }
}

/// Reads the records of an event file and checks both checksums of each.
private func readEvents(_ file: URL) throws -> [TensorBoardEvent] {
    var rest = try Data(contentsOf: file)[...]
    func number(_ bytes: Data) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    func take(_ count: Int) throws -> Data {
        try #require(rest.count >= count)
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
    var events: [TensorBoardEvent] = []
    while !rest.isEmpty {
        let length = try take(8)
        #expect(number(try take(4)) == UInt64(CRC32C.maskedChecksum(of: length)))
        let bytes = try take(Int(number(length)))
        #expect(number(try take(4)) == UInt64(CRC32C.maskedChecksum(of: bytes)))
        events.append(try TensorBoardEvent(serializedBytes: bytes))
    }
    return events
}
