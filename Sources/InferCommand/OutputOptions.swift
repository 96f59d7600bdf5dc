import ArgumentParser
import Foundation

/// What is printed, and what is written.
struct OutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            text for people; json, a line for each frame; csv, a row for each face. Only these go \
            to standard output.
            """, valueName: "text|json|csv"))
    var format = OutputFormat.text

    @Flag(help: "Short for --format json.")
    var json = false

    @Option(
        help: ArgumentHelp(
            """
            Write the pictures with boxes, labels and bars: a PNG or JPEG file for a picture, a \
            folder for several, a .y4m or .avi video for a camera or video.
            """, valueName: "path"))
    var annotate: String?

    func validate() throws {
        if json, format == .csv {
            throw ValidationError("--json and --format csv exclude each other.")
        }
    }

    /// The format that is asked for.
    var chosenFormat: OutputFormat { json ? .json : format }

    /// Checks that what is to be written suits the source.
    ///
    /// - Throws: `ValidationError` where it does not.
    func check(with choice: SourceChoice) throws {
        guard let annotate else { return }
        let url = URL(filePath: annotate)
        switch choice {
        case .camera, .video:
            guard ["y4m", "avi"].contains(url.pathExtension.lowercased()) else {
                throw ValidationError("--annotate names a .y4m or .avi file for a camera or video.")
            }
        case .images(let files) where files.count == 1: break
        case .images, .folder:
            guard !url.isPicture else {
                throw ValidationError("--annotate names a folder for several pictures.")
            }
        }
    }
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
}
