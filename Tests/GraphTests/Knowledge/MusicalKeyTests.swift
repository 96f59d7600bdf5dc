import Testing

@testable import Graph

@Suite struct MusicalKeyTests {
    @Test func namesComeBack() {
        for key in MusicalKey.all { #expect(MusicalKey(named: key.description) == key) }
        #expect(Set(MusicalKey.all).count == 24)
    }

    @Test(arguments: [
        ("C", 0, true), ("c#m", 1, false), ("Db major", 1, true), ("B♭ minor", 10, false),
        ("Cb", 11, true), ("B# min", 0, false), ("f-sharp", -1, true), ("X", -1, true),
        ("", -1, true),
    ])
    func readsNames(name: String, pitchClass: Int, isMajor: Bool) {
        let expected = pitchClass < 0 ? nil : MusicalKey(pitchClass: pitchClass, isMajor: isMajor)
        #expect(MusicalKey(named: name) == expected)
    }

    @Test("values that are no pitch class, or standardized, are no key")
    func values() {
        #expect(MusicalKey(key: 6, mode: 0)?.description == "F♯ minor")
        for (key, mode) in [(-1, 1), (12, 0), (0.5, 1), (3, 0.7), (.nan, 1), (3, .nan)] {
            #expect(MusicalKey(key: key, mode: mode) == nil)
        }
    }
}
