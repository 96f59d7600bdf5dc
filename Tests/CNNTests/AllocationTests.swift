import Foundation
import Testing
import _TestSupport

struct AllocationTests {
    @Test func aTrainingStepAllocatesNothing() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = builtProduct("_AllocationProbe")
        process.standardOutput = output
        try process.run()
        let text = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            String(decoding: text, as: UTF8.self) == """
                counting works: true
                plain: 0
                timed: 0 true
                rich: 0

                """)
    }
}
