import ArgumentParser
import CommandSupport
import Foundation

/// Where pictures come from, and how many are wanted.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A camera, such as /dev/video0; `infer devices` lists them.", valueName: "device"))
    var camera: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("PNG or JPEG pictures, each by itself.", valueName: "file"))
    var image: [String] = []

    @Option(
        help: ArgumentHelp(
            "All pictures in a folder, in the order of their names.", valueName: "dir"))
    var folder: String?

    @Option(
        help: ArgumentHelp(
            """
            A video: motion-JPEG AVI or Y4M; other kinds are decoded by ffmpeg, where it is \
            installed.
            """, valueName: "file"))
    var video: String?

    @Option(
        help: ArgumentHelp(
            """
            The while whose dominant emotion is the mood of a camera or video; songs follow each \
            in which it has changed.
            """, valueName: "s"))
    var seconds = 5.0

    @Option(
        help: ArgumentHelp("End after this many seconds of the camera or video.", valueName: "s"))
    var duration: Double?

    @Option(help: ArgumentHelp("End after this many pictures or frames.", valueName: "n"))
    var frames: Int?

    func validate() throws {
        try checkCounts([("frames", frames)])
        for (name, value) in [("seconds", seconds), ("duration", duration)] {
            if let value, !(value > 0 && value <= 1e9) {
                throw ValidationError("--\(name) is above 0, not \(value).")
            }
        }
        if duration != nil, frames != nil {
            throw ValidationError("--duration and --frames exclude each other.")
        }
    }

    /// The while whose dominant emotion is the mood.
    var window: Duration { .seconds(seconds) }

    /// The source that is named.
    ///
    /// - Throws: `ValidationError` where there is none, or more than one.
    func choice() throws -> SourceChoice {
        let choices: [SourceChoice?] = [
            camera.map { .camera($0) },
            image.isEmpty ? nil : .images(image.map { URL(filePath: $0) }),
            folder.map { .folder(URL(filePath: $0)) }, video.map { .video(URL(filePath: $0)) },
        ]
        let named = choices.compactMap(\.self)
        guard let choice = named.first, named.count == 1 else {
            throw ValidationError("name one of --camera, --image, --folder and --video.")
        }
        if duration != nil, !choice.isStream {
            throw ValidationError("--duration goes with --camera and --video.")
        }
        return choice
    }
}

/// A source that is named on the command line.
enum SourceChoice {
    case camera(String)
    case images([URL])
    case folder(URL)
    case video(URL)

    /// Whether one frame follows the other in time.
    var isStream: Bool {
        switch self {
        case .camera, .video: true
        case .images, .folder: false
        }
    }

    /// The files and folders that are read.
    var files: [URL] {
        switch self {
        case .camera: []
        case .images(let files): files
        case .folder(let file), .video(let file): [file]
        }
    }
}
