import Foundation

/// One side of a benchmark: a process that stays, and works when it is asked to.
///
/// It prints a line of JSON when it is ready, and another one in answer to each line with a number
/// of steps on standard input. Peers in other languages keep to the same protocol
/// (`peers/side.py`); `Benchmarks/run` asks them in turn.
enum Side {
    /// Answers until standard input ends.
    static func serve(_ work: any Work) throws {
        try write(
            Introduction(parameters: work.parameterCount, multiplyAdds: work.multiplyAdds))
        while let line = readLine() {
            guard let steps = Int(line), steps > 0 else { throw ProtocolError(line: line) }
            let start = ContinuousClock.now
            let images = try work.run(steps: steps)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            try write(
                Answer(
                    imagesPerSecond: Double(images) / seconds,
                    peakMegabytes: try peakMegabytes()))
        }
    }

    private struct Introduction: Encodable {
        var name = "Valence"
        /// Floats that training changes; both sides of a comparison have as many.
        var parameters: Int
        /// Multiply-accumulates of the work for one image.
        var multiplyAdds: Int
    }

    private struct Answer: Encodable {
        var imagesPerSecond: Double
        /// The most memory that the process has held so far.
        var peakMegabytes: Double
    }

    private struct ProtocolError: Error, CustomStringConvertible {
        var line: String
        var description: String { "expected a number of steps, not \"\(line)\"" }
    }

    private static func write(_ message: some Encodable) throws {
        try FileHandle.standardOutput.write(
            contentsOf: try JSONEncoder().encode(message) + Data("\n".utf8))
    }

    /// The peak of the resident memory: `VmHWM` in proc(5), in kibibytes.
    private static func peakMegabytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return (kibibytes ?? 0) * 1_024 / 1e6
    }
}
