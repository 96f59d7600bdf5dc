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
        var sources = choice.files
        if case .images(let files) = choice, !url.isPicture {
            // In their own folder, the annotated pictures would have the same names.
            sources += files.map { $0.deletingLastPathComponent() }
        }
        guard !sources.map(\.place).contains(url.place) else {
            throw CommandError("\(annotate): is what is read; name another place for --annotate")
        }
        switch choice {
        case .camera, .video: return AnnotatedVideo(url)
        case .images where url.isPicture: return AnnotatedPicture(url)
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

/// A video that plays as fast as the source was.
///
/// A camera gives its frames when it can. One that comes late is preceded by copies of itself, and
/// one that comes too early is left out.
private final class AnnotatedVideo: AnnotationOutput {
    private let file: URL
    private var writer: VideoWriter?
    private var frames = 0
    /// The time of the source at which the video begins.
    private var start = Duration.zero

    /// The rate of a source that does not tell, in frames a second.
    private static let usualRate = 25.0
    /// A longer pause, as of a camera that was unplugged, is cut out.
    private static let longestPause = 5.0

    init(_ file: URL) {
        self.file = file
    }

    func write(_ reading: FrameReading, rate: Double?, speed: Double) throws {
        let rate = min(max(rate ?? Self.usualRate, 1), 1000)
        if writer == nil { writer = try VideoWriter(to: file, frameRate: rate) }
        var place = Int(((reading.frame.time - start) / .seconds(1) * rate).rounded())
        if Double(place - frames) > Self.longestPause * rate {
            start = reading.frame.time - .seconds(Double(frames) / rate)
            place = frames
        }
        guard place >= frames else { return }
        let picture = reading.annotated(framesPerSecond: speed)
        while frames <= place {
            try writer?.write(picture)
            frames += 1
        }
    }

    func finish() throws {
        try writer.take()?.finish()
    }
}

extension URL {
    /// Whether the name is that of a picture that can be written.
    var isPicture: Bool {
        ["png", "jpg", "jpeg"].contains(pathExtension.lowercased())
    }

    /// The file itself, by whatever way it is named.
    fileprivate var place: String {
        // This path has no slash at its end, unlike that of the other spelling.
        standardizedFileURL.resolvingSymlinksInPath().path
    }
}
