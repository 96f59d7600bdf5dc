import Testing
import Train

@Suite struct StandardErrorTests {
    @Test(arguments: [
        (0.5, 100, 0.05), (0.1, 900, 0.01), (0, 10, 0), (1, 10, 0), (0.5, 0, 0),
    ])
    func matchesTheFormula(accuracy: Double, count: Int, expected: Double) {
        #expect(abs(standardErrorOfAccuracy(accuracy, count: count) - expected) < 1e-12)
    }
}
