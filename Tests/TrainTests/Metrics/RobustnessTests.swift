import Testing

@testable import Train

struct RobustnessTests {
    @Test func measuresEachCorruptionInEachStrength() {
        let faces = SyntheticFaces.dataset(count: 3, seed: 1)
        var seen: [[UInt8]] = []
        let robustness = Robustness(clean: 0.75, of: faces) { corrupted in
            seen.append(corrupted.samples)
            return Double(seen.count) / 100
        }
        #expect(seen.count == 21)
        #expect(Set(seen).count == 21 && !seen.contains(faces.samples))
        #expect(robustness.corrupted[.brightness] == [0.01, 0.02, 0.03])
        #expect(robustness.corrupted[.scale] == [0.19, 0.20, 0.21])
        let lines = robustness.description.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(
            lines[1].split(separator: " ") == ["brightness", "0.750", "0.010", "0.020", "0.030"])
    }
}
