public import Files
public import Foundation
import SwiftProtobuf

/// Writes the scalars of a run for TensorBoard.
///
/// ```swift
/// let events = try EventWriter(folder: output)
/// try events.write(scalars: ["accuracy/training": 0.41], step: 3)
/// ```
///
/// `tensorboard --logdir FOLDER` shows them as curves. What was written is in the file when `write`
/// returns: no file stays open between two calls, and there is nothing to flush or to close.
///
/// A run that goes on after an interruption creates a writer of its own with the step at which it
/// goes on; TensorBoard reads all files of a folder, and drops what the earlier ones have from this
/// step on. One thread at a time may write.
///
/// Format: a TFRecord file of `Event` messages, as TensorFlow's event.proto defines them.
public struct EventWriter: Sendable {
    /// The file that the events are appended to.
    public let file: URL

    /// Creates an event file in a folder, and the folder where it is missing.
    ///
    /// - Parameters:
    ///   - folder: The folder of the run.
    ///   - step: The first step that will be written: above 0 when an interrupted run goes on.
    ///   - wallTime: The present.
    /// - Throws: `FileError` where the folder cannot be written.
    public init(folder: URL, startingAt step: Int = 0, wallTime: Date = Date()) throws(FileError) {
        file = try Self.createFile(in: folder, at: wallTime)
        var version = TensorBoardEvent(wallTime: wallTime, step: 0)
        version.fileVersion = "brain.Event:2"
        var start = TensorBoardEvent(wallTime: wallTime, step: step)
        start.sessionLog.status = .start
        try append([version, start])
    }

    /// Appends the values of some scalars at a step.
    ///
    /// - Parameters:
    ///   - scalars: The values by their tags; what stands before a slash in a tag groups them:
    ///     `accuracy/validation`.
    ///   - step: The step, or the epoch, that they belong to.
    ///   - wallTime: When they were measured.
    /// - Throws: `FileError` where the file cannot be written.
    /// - Complexity: O(*n* log *n*) in the number of scalars.
    public func write(
        scalars: [String: Double], step: Int, wallTime: Date = Date()
    ) throws(FileError) {
        var event = TensorBoardEvent(wallTime: wallTime, step: step)
        event.summary.value = scalars.sorted { $0.key < $1.key }.map { tag, scalar in
            var value = TensorBoardSummary.Value()
            value.tag = tag
            value.simpleValue = Float(scalar)
            return value
        }
        try append([event])
    }

    /// Creates an empty file with a name that no other writer has.
    ///
    /// TensorBoard finds event files by the third part of the name, and reads them in the order of
    /// their names.
    private static func createFile(
        in folder: URL, at wallTime: Date
    ) throws(FileError) -> URL {
        let process = ProcessInfo.processInfo
        let host = process.hostName.replacing("/", with: "-")
        let stem =
            "events.out.tfevents.\(Int(wallTime.timeIntervalSince1970)).\(host)"
            + ".\(process.processIdentifier)"
        var serial = 0
        func candidate() -> URL { folder.appending(path: "\(stem).\(serial)") }
        while FileManager.default.fileExists(atPath: candidate().path(percentEncoded: false)) {
            serial += 1
        }
        let file = candidate()
        try reporting(file) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data().write(to: file, options: .withoutOverwriting)
        }
        return file
    }

    /// Appends events in one piece, so that an interruption leaves at most the last one cut off.
    private func append(_ events: [TensorBoardEvent]) throws(FileError) {
        try Self.reporting(file) {
            let records = try events.map { TFRecord.framing(try $0.serializedData()) }
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: records.reduce(Data(), +))
        }
    }

    private static func reporting(
        _ file: URL, _ action: () throws -> Void
    ) throws(FileError) {
        do {
            try action()
        } catch {
            throw FileError(
                .inaccessible, at: file.path(percentEncoded: false),
                "cannot be written: \(error.localizedDescription) Choose a folder that can be "
                    + "written.")
        }
    }
}

extension TensorBoardEvent {
    init(wallTime: Date, step: Int) {
        self.init()
        self.wallTime = wallTime.timeIntervalSince1970
        self.step = Int64(step)
    }
}
