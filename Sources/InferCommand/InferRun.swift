import ArgumentParser
import Capture
import CommandSupport
import Foundation
import Valence

/// One run of `infer`: frames go from their source to the reader, and what was read to all who want
/// it.
final class InferRun {
    private let choice: SourceChoice
    private let camera: CameraOptions
    private let limits: SourceOptions
    private let interruption = Interruption()
    private var reader: ExpressionReader
    private var report: any Report
    private var annotation: AnnotationOutput?
    private let display: LiveDisplay?
    private var summary: Summary
    private var meter = FrameRateMeter()
    private var damagedPictures = 0

    /// Loads what is needed.
    init(
        _ choice: SourceChoice, source: SourceOptions, camera: CameraOptions, faces: FaceOptions,
        output: OutputOptions
    ) throws {
        self.choice = choice
        self.camera = camera
        limits = source
        var tracking = MoodTracker.Options()
        if source.seconds != nil || source.frames != nil { tracking.window = nil }
        reader = try faces.makeReader(tracking: choice.isStream ? tracking : nil)
        annotation = try output.annotate.map { try AnnotationOutput($0, for: choice) }
        // Two things that draw on one terminal would disturb each other.
        let isText = output.chosenFormat == .text
        let hasDisplay =
            choice.isStream && Terminal.isInteractive && (isText || !Terminal.showsOutput)
        display = hasDisplay ? LiveDisplay() : nil
        report = try output.chosenFormat.report(
            isStream: choice.isStream, showsFrames: !(hasDisplay && Terminal.showsOutput))
        summary = Summary(isStream: choice.isStream)
    }

    /// Reads all frames.
    ///
    /// - Throws: Errors of the source, and `ExitCode.failure` where pictures were damaged.
    func run() throws {
        defer { display?.clear() }
        do {
            try readAll()
        } catch {
            // What was seen until then is worth something.
            try finish()
            throw error
        }
        try finish()
        if damagedPictures > 0 { throw ExitCode.failure }
    }

    private func readAll() throws {
        switch choice {
        case .camera(let path):
            var camera = try camera.open(path, inColor: annotation != nil, interruption)
            try read(&camera, ahead: false)
        case .video(let file):
            var video = try VideoFile(contentsOf: file, color: color)
            try read(&video, ahead: true)
        case .images(let files):
            var pictures = PictureFiles(files, color: color)
            try readPictures(&pictures)
        case .folder(let folder):
            var pictures = try PictureFolder(contentsOf: folder, color: color)
            try readPictures(&pictures)
        }
    }

    /// Annotations are drawn in color; faces are read in gray.
    private var color: FrameColor { annotation == nil ? .grayscale : .rgb }

    private func read<Source: FrameSource & ~Copyable>(_ source: inout Source, ahead: Bool) throws {
        let rate = source.frameRate
        var reader = reader
        try reader.read(&source, ahead: ahead) { try take($0, rate: rate) }
    }

    /// Reads pictures one by one, and goes on after those that are damaged.
    private func readPictures<Source: FrameSource & ~Copyable>(_ source: inout Source) throws {
        while true {
            do {
                return try read(&source, ahead: true)
            } catch let error as PictureError {
                damagedPictures += 1
                Terminal.note("error: \(error)")
            }
        }
    }

    /// Hands on what was read in a frame.
    ///
    /// - Returns: Whether to go on.
    private func take(_ reading: FrameReading, rate: Double?) throws -> Bool {
        if let seconds = limits.seconds, reading.frame.time >= .seconds(seconds) { return false }
        summary.add(reading)
        meter.count()
        let hasReader = try report.show(reading)
        display?.show(reading, framesPerSecond: meter.framesPerSecond)
        try annotation?.write(reading, rate: rate, framesPerSecond: meter.framesPerSecond)
        let isWanted = hasReader || annotation != nil
        return isWanted && !interruption.isRequested && summary.frames != limits.frames
    }

    private func finish() throws {
        display?.clear()
        try annotation?.finish()
        if summary.frames > 0 { try report.finish(summary) }
    }
}
