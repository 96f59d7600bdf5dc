import Foundation
import Testing

@testable import Graph

@Suite struct MemoryLimitTests {
    @Test func limitsOfContainersAreNumbers() {
        #expect(MemoryLimit.container("1073741824\n") == 1 << 30)
        for text in ["max\n", "", "0\n", "-1", "99999999999999999999999"] {
            #expect(MemoryLimit.container(text) == nil)
        }
    }

    @Test func thereIsNoMoreThanTheMachineHas() {
        #expect(MemoryLimit.bytes > 0)
        #expect(MemoryLimit.bytes <= ProcessInfo.processInfo.physicalMemory)
    }
}
