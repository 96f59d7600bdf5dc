import Foundation
import _TestSupport

extension Workplace {
    /// Calls `body` with a new folder in which `songs` runs, and removes it afterwards.
    static func use(_ body: (Workplace) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            // Files of the machine must not take part, and nothing is left in the user's folders.
            try await body(
                Workplace(
                    folder: folder, product: "songs",
                    environment: [
                        "VALENCE_HOME": "", "VALENCE_SONGS": "",
                        "XDG_DATA_HOME": folder.appending(path: "data").path,
                    ]))
        }
    }
}
