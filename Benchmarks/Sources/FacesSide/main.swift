// Valence's side of `Benchmarks/faces`: a process that stays, and looks for faces when it is asked
// to. It answers each line of JSON on standard input by another one.

import Foundation

do {
    let searches = FaceSearches()
    while let line = readLine() {
        let request = try JSONDecoder().decode(
            FaceSearches.Request.self, from: Data(line.utf8))
        try FileHandle.standardOutput.write(
            contentsOf: try JSONEncoder().encode(searches.answer(request)) + Data("\n".utf8))
    }
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(1)
}
