import Foundation

// One side of a benchmark: a process that stays, prints `ready`, and for each line with a number of
// steps on standard input trains that many and prints the images per second. Peers in other
// languages keep to the same protocol; `Benchmarks/run` asks them in turn.

let threads = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1

do {
    let training = try ValenceTraining(threads: threads)
    report("ready")
    while let line = readLine() {
        guard let steps = Int(line), steps > 0 else { continue }
        let clock = ContinuousClock()
        let duration = try clock.measure { try training.run(steps: steps) }
        let images = Double(steps * ValenceTraining.batchSize)
        report(String(format: "%.2f", images / (duration / .seconds(1))))
    }
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(1)
}

func report(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
