import _TestSupport

extension Workplace {
    /// Calls `body` with a new folder in which `songs` runs, and removes it afterwards.
    static func use(_ body: (Workplace) async throws -> Void) async throws {
        try await isolated("songs", body)
    }
}
