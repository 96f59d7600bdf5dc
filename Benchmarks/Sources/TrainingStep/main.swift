import Foundation

// One side of a benchmark: a process that stays, prints `ready`, and for each line with a number of
// steps on standard input trains that many and prints the images per second and the most memory
// that it has held so far, in megabytes. Peers in other languages keep to the same protocol;
// `Benchmarks/run` asks them in turn.

let threads = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1

do {
    var training = try ValenceTraining(threads: threads)
    report("ready")
    while let line = readLine() {
        guard let steps = Int(line), steps > 0 else { continue }
        let start = ContinuousClock.now
        training.run(steps: steps)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let images = Double(steps * ValenceTraining.batchSize)
        report(String(format: "%.2f %.0f", images / seconds, try peakMegabytes()))
    }
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(1)
}

func report(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

/// The peak of the resident memory, `VmHWM` in proc(5).
func peakMegabytes() throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1_000
}
