import ArgumentParser
import CommandSupport

@main
struct Infer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Finds faces in pictures, videos and what a camera sees, and reads their emotions.")

    static func main() { runAndReport() }
}
