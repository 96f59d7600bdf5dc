import Imaging
import Testing
import Train

struct SyntheticFacesTests {
    /// FNV-1a, which tells whether any byte changed.
    private func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    @Test func sameSeedGivesSameBytes() {
        let faces = SyntheticFaces.dataset(count: 21, seed: 7)
        #expect(faces.samples == SyntheticFaces.dataset(count: 21, seed: 7).samples)
        #expect(faces.samples != SyntheticFaces.dataset(count: 21, seed: 8).samples)
    }

    @Test func bytesAreThoseOfEarlierVersions() {
        #expect(hash(SyntheticFaces.dataset(count: 14, seed: 42).samples) == 0x9e1dac8ea7f461dd)
    }

    @Test func facesDoNotDependOnTheirNeighbors() {
        let all = SyntheticFaces.dataset(count: 20, seed: 3)
        let rest = SyntheticFaces.dataset(count: 8, seed: 3, startingAt: 12)
        #expect(rest.samples == all.selecting(12..<20).samples)
        #expect(rest.labels == all.selecting(12..<20).labels)
    }

    @Test func trainingAndValidationShareNoFace() {
        let faces = SyntheticFaces(seed: 5, trainingCount: 70, validationCount: 35)
        let training = Set((0..<70).map { faces.training.image(at: $0) })
        #expect(training.count == 70)
        #expect(!(0..<35).contains { training.contains(faces.validation.image(at: $0)) })
    }

    @Test func classesAreBalanced() {
        let faces = SyntheticFaces(seed: 5, trainingCount: 100, validationCount: 30)
        #expect(faces.training.classNames == Expression.names)
        #expect(faces.training.classCounts.allSatisfy { $0 == 14 || $0 == 15 })
        #expect(faces.validation.classCounts.allSatisfy { $0 == 4 || $0 == 5 })
    }

    @Test func meanFacesDiffer() {
        let faces = SyntheticFaces.dataset(count: 700, seed: 1)
        var means = [[Double]](
            repeating: [Double](repeating: 0, count: faces.samplesPerImage), count: 7)
        for index in 0..<faces.count {
            for (position, sample) in faces.image(at: index).samples.enumerated() {
                means[Int(faces.labels[index])][position] += Double(sample) / 100
            }
        }
        for first in 0..<7 {
            for second in 0..<first {
                let largest = zip(means[first], means[second]).map { abs($0 - $1) }.max() ?? 0
                // A hundred faces of one expression differ by chance by less than 30.
                #expect(
                    largest > 40,
                    "\(Expression.names[first]) and \(Expression.names[second]): \(largest)")
            }
        }
    }

    @Test func facesUseTheGrayScale() {
        let faces = SyntheticFaces.dataset(count: 70, seed: 9)
        for index in 0..<faces.count {
            let samples = faces.image(at: index).samples
            let spread = (samples.max() ?? 0) - (samples.min() ?? 0)
            #expect(spread > 100, "face \(index)")
        }
    }
}
