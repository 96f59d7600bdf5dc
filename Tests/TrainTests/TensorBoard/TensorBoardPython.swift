import Foundation
import Testing

/// A Python that has the package `tensorboard`, whose reader is the judge of event files.
enum TensorBoardPython {
    static let hint: Comment = """
        no Python with the package tensorboard: install it, or set VALENCE_PYTHON to a Python that \
        has it
        """

    /// The Python of `VALENCE_PYTHON`, or the one on the path, if it can import `tensorboard`.
    static let executable: String? = {
        let python = ProcessInfo.processInfo.environment["VALENCE_PYTHON"] ?? "python3"
        let answer = try? run(python, "import tensorboard; print('yes')", URL(filePath: "/"))
        return answer == "yes\n" ? python : nil
    }()

    /// Runs a script with one argument and returns what it printed.
    static func run(_ python: String, _ script: String, _ argument: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-c", script, argument.path(percentEncoded: false)]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TF_CPP_MIN_LOG_LEVEL": "3"]
        ) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
