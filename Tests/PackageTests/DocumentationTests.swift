import Foundation
import Testing

/// The code that people read is code that was compiled.
@Suite struct DocumentationTests {
    /// The README and the first page of each module's catalogue.
    static let pages =
        ["README.md"]
        + ["Tensor", "CNN", "Imaging", "Train", "Capture", "Graph", "Valence"].map {
            "Sources/\($0)/Documentation.docc/\($0).md"
        }

    @Test(arguments: pages)
    func codeIsThatOfASnippet(page: String) throws {
        let snippets = try Self.snippets()
        let code = try Self.swiftCode(in: page)
        #expect(!code.isEmpty, "\(page) has no example")
        for block in code {
            #expect(snippets.contains(block), "this code in \(page) is none of Snippets/: \(block)")
        }
    }

    @Test func everySnippetIsShown() throws {
        let shown = try Self.pages.flatMap(Self.swiftCode)
        for snippet in try Self.snippets() {
            #expect(shown.contains(snippet))
        }
    }

    @Test(arguments: ["README.md", "CONTRIBUTING.md", "Datasets/README.md"])
    func linksLeadToFiles(page: String) throws {
        let folder = packageRoot.appending(path: page).deletingLastPathComponent()
        for link in try packageText(page).matches(of: /\]\(([^)#:]+)\)/) {
            let target = folder.appending(path: String(link.output.1))
            #expect(
                FileManager.default.fileExists(atPath: target.path),
                "\(page) links to \(link.output.1), which is not there")
        }
    }

    /// The files of `Snippets`, all of which the build compiles.
    private static func snippets() throws -> [String] {
        let folder = packageRoot.appending(path: "Snippets")
        return try FileManager.default
            .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { try String(contentsOf: $0, encoding: .utf8) }
    }

    /// The blocks of Swift code in a page.
    private static func swiftCode(in page: String) throws -> [String] {
        try packageText(page).matches(of: /```swift\n((?s).*?)```/).map { String($0.output.1) }
    }
}
