import ArgumentParser
import CommandSupport

/// `infer`: from pictures, videos and cameras to faces, their expressions and a mood.
@main
struct Infer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract:
            "Read the emotions of faces in pictures, videos and what a camera sees, and find music for them.",
        discussion: """
            All of it happens in this process: no picture and no result is stored or sent \
            anywhere, but for what goes to standard output and what --annotate writes.

            Examples:
              infer --camera /dev/video0                     a live view, and songs for the mood
              infer --camera /dev/video0 --duration 5        songs for the mood of five seconds
              infer --camera /dev/video0 --songs library     songs of a library of your own
              infer --image party.jpg --annotate seen.jpg    a picture with boxes and bars
              infer --image *.jpg --json                     a line of JSON for each picture
              infer --folder album --format csv              a table of all faces
              infer --video talk.avi --annotate talk-seen.avi
              infer devices                                  cameras and what they can do
            """,
        version: "0.1.0",
        subcommands: [Devices.self])

    static func main() { runAndReport() }

    @OptionGroup(title: "Where pictures come from") var source: SourceOptions
    @OptionGroup(title: "Cameras") var camera: CameraOptions
    @OptionGroup(title: "Faces and emotions") var faces: FaceOptions
    @OptionGroup(title: "Songs") var music: MusicOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let choice = try source.choice()
        try camera.check(with: choice)
        try output.check(with: choice)
        let run = try InferRun(
            choice, source: source, camera: camera, faces: faces, music: music, output: output)
        try run.run()
    }
}
