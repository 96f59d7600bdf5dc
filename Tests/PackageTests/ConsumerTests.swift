import Foundation
import Testing
import _TestSupport

/// Somebody else's package depends on this one as on any other: by a URL and a tag.
@Suite struct ConsumerTests {
    /// Builds a package with the optimized debug build of all libraries, which takes minutes;
    /// `swift test --skip ConsumerTests` leaves it out.
    @Test(.timeLimit(.minutes(20)))
    func everyProductCanBeADependency() async throws {
        try await withTemporaryFolder { folder in
            let repository = folder.appending(path: "valence")
            try await makeRepository(at: repository, tag: "1.0.0")
            let consumer = folder.appending(path: "consumer")
            try FileManager.default.copyItem(
                at: packageRoot.appending(path: "Tests/PackageTests/Consumer"), to: consumer)

            let output = try await runCommand(
                [
                    "swift", "run", "--cache-path", folder.appending(path: "cache").path,
                    "--scratch-path", folder.appending(path: "build").path, "Consumer",
                ],
                in: consumer,
                environment: try await localClones().merging([
                    "VALENCE_REPOSITORY": repository.absoluteString
                ]) { $1 })
            #expect(output.contains("trained on 128 faces"))
            #expect(output.contains("probabilities [1, 7]"))
            #expect(output.contains("music: "))

            let resolved = try Data(contentsOf: consumer.appending(path: "Package.resolved"))
            let packages = try JSONDecoder().decode(Resolved.self, from: resolved).pins
                .map(\.identity)
            #expect(packages.contains("valence") && packages.contains("swift-protobuf"))
            #expect(!packages.contains("swift-docc-plugin"))
        }
    }

    private struct Resolved: Decodable {
        struct Pin: Decodable {
            var identity: String
        }

        var pins: [Pin]
    }

    /// Commits all files of this package as they are now, those aside that git ignores, and tags
    /// the commit.
    private func makeRepository(at repository: URL, tag: String) async throws {
        // Settings of the user, such as hooks and signatures, are not for this commit.
        let settings = [
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Valence", "GIT_AUTHOR_EMAIL": "valence@localhost",
            "GIT_COMMITTER_NAME": "Valence", "GIT_COMMITTER_EMAIL": "valence@localhost",
            "GIT_DIR": repository.path, "GIT_WORK_TREE": packageRoot.path,
        ]
        let steps = [
            ["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", tag],
            ["tag", tag],
        ]
        for step in steps {
            _ = try await runCommand(["git"] + step, in: packageRoot, environment: settings)
        }
    }

    /// Variables that let git clone from what SwiftPM has cloned for this build, so that the test
    /// needs no network.
    private func localClones() async throws -> [String: String] {
        // The tests' executable lies in .build/TRIPLE/debug.
        let build = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let clones = try FileManager.default.contentsOfDirectory(
            at: build.appending(path: "repositories"), includingPropertiesForKeys: nil)
        var settings = ["GIT_CONFIG_COUNT": String(clones.count)]
        for (index, clone) in clones.enumerated() {
            let origin = try await runCommand(["git", "config", "remote.origin.url"], in: clone)
            settings["GIT_CONFIG_KEY_\(index)"] = "url.\(clone.path).insteadOf"
            settings["GIT_CONFIG_VALUE_\(index)"] = origin.trimmingCharacters(in: .newlines)
        }
        return settings
    }
}
