import Testing

@testable import CommandSupport

@Suite("Live view")
struct LiveViewTests {
    @Test("the first frame is drawn where the cursor stands")
    func first() {
        #expect(LiveView.frame(["a", "b"], over: 0, width: 80) == "a\u{1B}[K\nb\u{1B}[K\n\u{1B}[J")
    }

    @Test("the next one takes the place of the lines before")
    func next() {
        #expect(LiveView.frame(["c"], over: 2, width: 80) == "\r\u{1B}[2Ac\u{1B}[K\n\u{1B}[J")
        #expect(LiveView.frame([], over: 3, width: 80) == "\r\u{1B}[3A\u{1B}[J")
    }

    @Test("lines are cut to the width of the terminal", arguments: [0, 1, 5, 20])
    func width(columns: Int) {
        let text = LiveView.frame(["happy ███░░"], over: 0, width: columns)
        let line = String("happy ███░░".prefix(max(columns - 1, 0)))
        #expect(text == line + "\u{1B}[K\n\u{1B}[J")
    }
}
