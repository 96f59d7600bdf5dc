import Testing

@testable import Graph

@Suite struct NameListTests {
    @Test(arguments: [[], ["X"], ["X", "Y, Z"], ["a; b", "['c']", "d"]])
    func comesBack(names: [String]) {
        #expect(NameList.names(in: NameList.text(names)) == names)
    }

    @Test("what separates names stands in none of them")
    func separator() {
        #expect(NameList.names(in: NameList.text(["a\u{1F}b"])) == ["ab"])
        #expect(NameList.names(in: NameList.text(["a\u{1F}b", "c"])) == ["ab", "c"])
    }
}
