import Testing
import _TestSupport

@Suite struct UsageTests {
    @Test func helpNamesTheCommand() async throws {
        try await Workplace.use { workplace in
            let help = try await workplace.run(["--help"])
            #expect(help.status == 0 && help.output.contains("songs"))
        }
    }
}
