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
    private let annotation: (any AnnotationOutput)?
    private var music: MusicReport?
    private let display: LiveDisplay?
    private var summary: Summary
    private var meter = FrameRateMeter()
    private var errors = 0

    /// Loads what is needed.
    init(
        _ choice: SourceChoice, source: SourceOptions, camera: CameraOptions, faces: FaceOptions,
        music: MusicOptions, output: OutputOptions
    ) throws {
        self.choice = choice
        self.camera = camera
        limits = source
        var tracking = MoodTracker.Options()
        tracking.window = source.window
        reader = try faces.makeReader(tracking: choice.isStream ? tracking : nil)
        annotation = try output.annotation(of: choice)
        if !music.noSongs {
            self.music = try MusicReport(
                music, format: output.chosenFormat, window: choice.isStream ? source.window : nil)
        }
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
    /// - Throws: Errors of the source, and `ExitCode.failure` where pictures or frames were damaged.
    func run() throws {
        defer { display?.clear() }
        do {
            try readAll()
        } catch {
            // What was seen until then is worth something.
            try? finish()
            throw error
        }
        try finish()
        if errors > 0 { throw ExitCode.failure }
    }

    private func readAll() throws {
        switch choice {
        case .camera(let path): try readCamera(path)
        case .video(let file):
            var video = try VideoFile(contentsOf: file, color: color)
            try readFiles(&video)
        case .images(let files):
            var pictures = PictureFiles(files, color: color)
            try readFiles(&pictures)
        case .folder(let folder):
            var pictures = try PictureFiles(folder: folder, color: color)
            try readFiles(&pictures)
        }
    }

    /// Annotations are drawn in color; faces are read in gray.
    private var color: FrameColor { annotation == nil ? .grayscale : .rgb }

    private func readCamera(_ path: String) throws {
        let request = camera.request(color: color)
        // Frames tell when their time is over; a camera that is waited for has none.
        let deadline = limits.duration.map { ContinuousClock.now + .seconds($0 + 2) }
        let isStopped: @Sendable () -> Bool = { [interruption] in
            interruption.isRequested || deadline.map { $0 < .now } ?? false
        }
        if camera.reconnect {
            var camera = try ReconnectingCamera(path, request, isStopped: isStopped) {
                [display] event in
                display?.clear()
                Terminal.note("\(event)")
            }
            camera.adjustments.forEach(Terminal.note)
            try read(&camera)
        } else {
            var camera = try Camera(path, request, isStopped: isStopped)
            camera.adjustments.forEach(Terminal.note)
            try read(&camera)
        }
    }

    private func read<Camera: FrameSource & ~Copyable>(_ camera: inout Camera) throws {
        let rate = camera.frameRate
        try reader.read(&camera) { try self.take($0, rate: rate) }
    }

    /// Reads the pictures of files, and goes on after those that are damaged.
    private func readFiles<Files: FrameSource & ~Copyable>(_ files: inout Files) throws {
        let rate = files.frameRate
        try reader.read(
            &files, ahead: true,
            skippingErrors: { error in
                self.errors += 1
                Terminal.note("error: \(error)")
            }
        ) { try self.take($0, rate: rate) }
    }

    /// Hands on what was read in a frame.
    ///
    /// - Returns: Whether to go on.
    private func take(_ reading: FrameReading, rate: Double?) throws -> Bool {
        if let seconds = limits.duration, reading.frame.time >= .seconds(seconds) { return false }
        summary.add(reading)
        meter.count()
        var hasReader = try report.show(reading)
        if hasReader {
            hasReader = try music?.take(reading, prepare: { display?.clear() }) ?? true
        }
        display?.show(reading, framesPerSecond: meter.framesPerSecond)
        try annotation?.write(reading, rate: rate, speed: meter.framesPerSecond)
        let isWanted = hasReader || annotation != nil
        return isWanted && !interruption.isRequested && summary.frames != limits.frames
    }

    private func finish() throws {
        display?.clear()
        try annotation?.finish()
        guard summary.frames > 0 else { return }
        try report.finish(summary)
        try music?.finish()
    }
}
