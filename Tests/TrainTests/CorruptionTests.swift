import Imaging
import Testing

@testable import Train

struct CorruptionTests {
    private let faces = SyntheticFaces.dataset(count: 8, seed: 3)

    /// The mean distance of the samples of two data sets.
    private func distance(_ one: ImageDataset, _ other: ImageDataset) -> Double {
        let sum = zip(one.samples, other.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(one.samples.count)
    }

    @Test("each strength changes more than the one before", arguments: Corruption.allCases)
    func strengths(corruption: Corruption) {
        var last = 0.5
        for strength in Corruption.strengths {
            let corrupted = faces.corrupted(by: corruption, strength: strength)
            #expect(corrupted.labels == faces.labels)
            #expect(corrupted.name == faces.name && corrupted.classNames == faces.classNames)
            let distance = distance(faces, corrupted)
            #expect(distance > last, "strength \(strength)")
            last = distance
        }
    }

    @Test("what is corrupted twice is the same twice", arguments: Corruption.allCases)
    func repeatable(corruption: Corruption) {
        let once = faces.corrupted(by: corruption, strength: 2)
        #expect(once.samples == faces.corrupted(by: corruption, strength: 2).samples)
    }

    @Test("a gray picture stays as it is, but for brightness and noise")
    func gray() {
        var gray = ImageDataset(height: 10, width: 10, classNames: ["one"])
        let image = Image(
            width: 10, height: 10, channels: 1, samples: [UInt8](repeating: 100, count: 100))
        for _ in 0..<4 { gray.append(image, label: 0) }
        for corruption in Corruption.allCases {
            let samples = gray.corrupted(by: corruption, strength: 1).samples
            switch corruption {
            case .brightness:
                #expect(
                    Set(samples) == [126, 75] || Set(samples) == [125, 74]
                        || Set(samples) == [126, 74])
            case .noise:
                #expect(Set(samples).count > 10)
            case .contrast, .blur, .rotation, .shift, .scale:
                #expect(samples == gray.samples, "\(corruption)")
            }
        }
    }

    @Test("pictures are moved by the distance that is promised, each half its own way")
    func directions() {
        var dots = ImageDataset(height: 100, width: 100, classNames: ["one"])
        var samples = [UInt8](repeating: 0, count: 10_000)
        samples[50 * 100 + 50] = 255
        for _ in 0..<4 {
            dots.append(Image(width: 100, height: 100, channels: 1, samples: samples), label: 0)
        }
        let moved = dots.corrupted(by: .shift, strength: 2)
        let places = (0..<4).map { index in
            let image = moved.image(at: index).samples
            return image.indices.max { image[$0] < image[$1] } ?? 0
        }
        #expect(Set(places) == [38 * 100 + 38, 62 * 100 + 62, 38 * 100 + 62, 62 * 100 + 38])
    }
}
