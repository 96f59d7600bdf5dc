import Foundation

do {
    try Side.serve(try Settings(arguments: CommandLine.arguments).makeWork())
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(1)
}
