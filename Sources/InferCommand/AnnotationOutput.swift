import ArgumentParser
import Capture
import CommandSupport
import Foundation
import Imaging
import Valence

/// Where annotated pictures go: into a picture, a folder, or a video.
struct AnnotationOutput {
    private let url: URL
    private let kind: Kind
    private var names = Set<String>()
    private var writer: VideoWriter?

    private enum Kind {
        case picture, folder, video
    }

    /// Prepares the folder, where one is needed.
    ///
    /// - Throws: `CommandError` where a picture would replace the one it is made of, errors of the
    ///   system where the folder cannot be made.
    init(_ path: String, for choice: SourceChoice) throws {
        url = URL(filePath: path)
        switch choice {
        case .camera, .video: kind = .video
        case .images(let files) where files.count == 1 && Self.isPicture(url): kind = .picture
        case .images, .folder: kind = .folder
        }
        if choice.files.contains(where: { $0.standardizedFileURL == url.standardizedFileURL }) {
            throw CommandError("\(path): is what is read; name another place for --annotate")
        }
        if kind == .folder { try makeFolder() }
    }

    /// Writes what was read in a frame.
    mutating func write(
        _ reading: FrameReading, rate: Double?, framesPerSecond: Double
    ) throws {
        switch kind {
        case .picture:
            try reading.annotated().write(to: url)
        case .folder:
            try reading.annotated().write(to: url.appending(path: name(for: reading.frame)))
        case .video:
            let picture = reading.annotated(framesPerSecond: framesPerSecond)
            if writer == nil {
                writer = try VideoWriter(to: url, frameRate: rate ?? Self.usualRate)
            }
            try writer?.append(picture)
        }
    }

    /// Completes the video.
    mutating func finish() throws {
        try writer?.finish()
        writer = nil
    }

    /// Of a camera that does not tell.
    private static let usualRate = 30.0

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw CommandError("\(url.path(percentEncoded: false)): the folder cannot be made")
        }
    }

    /// The name of a picture in the folder: that of its file, with a number where that is taken.
    private mutating func name(for frame: Frame) -> String {
        let file = URL(filePath: frame.source)
        let stem = file.deletingPathExtension().lastPathComponent
        let ending = Self.isPicture(file) ? file.pathExtension : "png"
        var name = "\(stem).\(ending)"
        var number = 2
        while !names.insert(name).inserted {
            name = "\(stem)-\(number).\(ending)"
            number += 1
        }
        return name
    }

    private static func isPicture(_ file: URL) -> Bool {
        ["png", "jpg", "jpeg"].contains(file.pathExtension.lowercased())
    }
}
