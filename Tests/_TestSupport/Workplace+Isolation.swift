import Foundation

extension Workplace {
    /// Calls `body` with a new folder in which a product runs, and removes it afterwards.
    ///
    /// Files of the machine take no part, and nothing is left in the user's folders.
    public static func isolated(
        _ product: String, _ body: (Workplace) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await body(
                Workplace(
                    folder: folder, product: product,
                    environment: [
                        "VALENCE_HOME": "", "VALENCE_SONGS": "",
                        "XDG_DATA_HOME": folder.appending(path: "data").path,
                    ]))
        }
    }
}
