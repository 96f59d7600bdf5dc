import Testing

@testable import Graph

@Suite struct StringInternerTests {
    @Test("each text has one number, in the order in which they came")
    func numbers() {
        var interner = StringInterner()
        // Many more than there are places at first.
        let texts = ["", "a", "ab", "b"] + (0..<1000).map { "text \($0)" }
        for _ in 0..<2 {
            for (number, text) in texts.enumerated() {
                let found = Array(text.utf8).withUnsafeBytes { interner.number(of: $0) }
                #expect(found == number)
            }
        }
        #expect(interner.count == texts.count)
        #expect(texts.indices.map { interner[$0] } == texts)
    }
}
