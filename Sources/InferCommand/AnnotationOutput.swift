import Capture
import CommandSupport
import Foundation
import Imaging
import Valence

/// Where annotated pictures go.
protocol AnnotationOutput: AnyObject {
    /// Writes what was read in a frame.
    ///
    /// - Parameters:
    ///   - reading: The frame and its faces.
    ///   - rate: The frames a second of the source, where it has a rate.
    ///   - speed: The frames a second that are read.
    /// - Throws: `FileError` where it cannot be written.
    func write(_ reading: FrameReading, rate: Double?, speed: Double) throws

    /// Completes what was written.
    func finish() throws
}

extension OutputOptions {
    /// What `--annotate` asks for.
    ///
    /// - Returns: Nil where nothing is to be written.
    /// - Throws: `CommandError` where a picture would replace the one it is made of, or a folder
    ///   cannot be made.
    func annotation(of choice: SourceChoice) throws -> (any AnnotationOutput)? {
        guard let annotate else { return nil }
        let url = URL(filePath: annotate)
        let place = url.standardizedFileURL.resolvingSymlinksInPath()
        if choice.files.contains(where: {
            $0.standardizedFileURL.resolvingSymlinksInPath() == place
        }) {
            throw CommandError("\(annotate): is what is read; name another place for --annotate")
        }
        switch choice {
        case .camera, .video: return AnnotatedVideo(url)
        case .images(let files) where files.count == 1 && url.isPicture:
            return AnnotatedPicture(url)
        case .images, .folder: return try AnnotatedFolder(url)
        }
    }
}

/// A single picture.
private final class AnnotatedPicture: AnnotationOutput {
    private let file: URL

    init(_ file: URL) {
        self.file = file
    }

    func write(_ reading: FrameReading, rate: Double?, speed: Double) throws {
        try reading.annotated().write(to: file)
    }

    func finish() {}
}

/// A folder with a picture for each one that is read, of the same name.
private final class AnnotatedFolder: AnnotationOutput {
    private let folder: URL
    private var names = Set<String>()

    init(_ folder: URL) throws {
        self.folder = folder
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandError("\(folder.relativePath): the folder cannot be made")
        }
    }

    func write(_ reading: FrameReading, rate: Double?, speed: Double) throws {
        let name = freeName(for: URL(filePath: reading.frame.source))
        try reading.annotated().write(to: folder.appending(path: name))
    }

    func finish() {}

    /// The name of the file, with a number where a picture of another folder has it already.
    private func freeName(for file: URL) -> String {
        let stem = file.deletingPathExtension().lastPathComponent
        let ending = file.isPicture ? file.pathExtension : "png"
        var name = "\(stem).\(ending)"
        var number = 2
        while !names.insert(name).inserted {
            name = "\(stem)-\(number).\(ending)"
            number += 1
        }
        return name
    }
}

/// A video.
private final class AnnotatedVideo: AnnotationOutput {
    private let file: URL
    private var writer: VideoWriter?

    /// The rate of a camera that does not tell, in frames a second.
    private static let usualRate = 30.0

    init(_ file: URL) {
        self.file = file
    }

    func write(_ reading: FrameReading, rate: Double?, speed: Double) throws {
        if writer == nil {
            writer = try VideoWriter(to: file, frameRate: rate ?? Self.usualRate)
        }
        try writer?.write(reading.annotated(framesPerSecond: speed))
    }

    func finish() throws {
        try writer.take()?.finish()
    }
}

extension URL {
    /// Whether the name is that of a picture that can be written.
    fileprivate var isPicture: Bool {
        ["png", "jpg", "jpeg"].contains(pathExtension.lowercased())
    }
}
