public import Foundation

/// The Python that `VALENCE_PYTHON` names, or the one on the path: a judge from outside.
public enum Python {
    private static let executable =
        ProcessInfo.processInfo.environment["VALENCE_PYTHON"] ?? "python3"

    /// Whether all these modules can be imported.
    public static func canImport(_ modules: String...) async -> Bool {
        let script = "import \(modules.joined(separator: ", "))"
        return (try? await run(script, in: .temporaryDirectory)) != nil
    }

    /// Runs a script in a folder, and returns what it printed.
    @discardableResult
    public static func run(_ script: String, in folder: URL) async throws -> String {
        try await runCommand([executable, "-X", "utf8", "-c", script], in: folder)
    }
}
