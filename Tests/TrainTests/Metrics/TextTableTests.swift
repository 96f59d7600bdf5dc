import Testing

@testable import Train

@Suite struct TextTableTests {
    @Test func columnsAreAligned() {
        var table = TextTable(header: ["name", "n"])
        table.append(["a", "1000"])
        table.append(["größer", "2"])
        #expect(
            table.description == """
                name       n
                a       1000
                größer     2
                """)
    }

    @Test func severalColumnsOfTextAndRules() {
        var table = TextTable(header: ["name", "kind", "n"], textColumns: 2)
        table.appendRule()
        table.append(["a", "b", "1000"])
        table.append(["c", "", ""])
        #expect(
            table.description == """
                name  kind     n
                ────────────────
                a     b     1000
                c
                """)
    }
}
