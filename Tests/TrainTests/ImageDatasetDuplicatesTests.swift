import Imaging
import Testing

@testable import Train

struct ImageDatasetDuplicatesTests {
    @Test func findsPicturesThatAreEqualByteByByte() {
        let known = SyntheticFaces.dataset(count: 20, seed: 1)
        var seen = SyntheticFaces.dataset(count: 5, seed: 2)
        #expect(seen.duplicates(of: known) == [])
        // The label does not count.
        seen.append(known.image(at: 7), label: 0)
        seen.append(SyntheticFaces.dataset(count: 1, seed: 3).image(at: 0), label: 0)
        seen.append(known.image(at: 7), label: 3)
        #expect(seen.duplicates(of: known) == [5, 7])
        #expect(known.duplicates(of: known) == Array(0..<20))
    }

    @Test func picturesOfAnotherSizeAreNone() {
        let faces = SyntheticFaces.dataset(count: 2, seed: 1)
        #expect(faces.duplicates(of: SmallTraining.noise(4)) == [])
    }
}
