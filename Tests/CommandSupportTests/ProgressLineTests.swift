import Testing

@testable import CommandSupport

@Suite("Progress line")
struct ProgressLineTests {
    let line = ProgressLine(
        title: "epoch 3/30", completed: 25, total: 100, details: "loss 1.234", elapsed: .seconds(14)
    )

    @Test("it shows title, share, bar, details and time left")
    func wide() {
        let bar = String(repeating: "█", count: 10) + String(repeating: "░", count: 30)
        #expect(line.text(width: 100) == "epoch 3/30  25%  \(bar)  loss 1.234  0:42 left")
    }

    @Test("it fits any terminal", arguments: 0...120)
    func width(columns: Int) {
        let text = line.text(width: columns)
        #expect(text.count <= max(columns - 1, 0))
        #expect(!text.contains("\n"))
    }

    @Test("the bar goes before the words")
    func narrow() {
        #expect(line.text(width: 40) == "epoch 3/30  25%  loss 1.234  0:42 left")
        #expect(line.text(width: 12) == "epoch 3/30 ")
    }

    @Test("no time is left at the start and at the end", arguments: [0, 100])
    func ends(completed: Int) {
        var line = line
        line.completed = completed
        #expect(!line.text(width: 100).contains("left"))
        #expect(line.text(width: 100).contains(" \(completed)%"))
    }

    @Test("work that was done before the clock started tells nothing about the time left")
    func resumed() {
        var line = line
        line.completedBefore = 20
        #expect(line.text(width: 100).hasSuffix("  3:30 left"))
        line.completedBefore = 25
        #expect(!line.text(width: 100).contains("left"))
    }

    @Test("nothing to do is done")
    func empty() {
        let line = ProgressLine(
            title: "pictures", completed: 0, total: 0, details: "", elapsed: .zero)
        #expect(line.text(width: 16) == "pictures 100%")
    }
}
