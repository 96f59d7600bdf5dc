/// The text of a progress bar at one moment.
struct ProgressLine {
    var title: String
    var completed: Int
    var total: Int
    /// How many of the completed items took none of the elapsed time.
    var completedBefore = 0
    var details: String
    var elapsed: Duration

    /// One line of less than `width` characters.
    ///
    /// The bar takes the room that the words leave. Where they leave too little, the bar goes
    /// first, then the end of the words.
    func text(width: Int) -> String {
        let room = max(width - 1, 0)  // a terminal may wrap when its last column is filled
        let front = "\(title) \(percentage)"
        let back = [details, timeLeft.map { "\($0) left" }]
            .compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: "  ")
        let barWidth = min(room - front.count - back.count - 4, 40)
        let bar = barWidth < 5 ? "" : Format.bar(fraction, width: barWidth)
        let words = [front, bar, back]
        return String(words.filter { !$0.isEmpty }.joined(separator: "  ").prefix(room))
    }

    private var fraction: Double {
        total > 0 ? min(max(Double(completed) / Double(total), 0), 1) : 1
    }

    private var percentage: String {
        let percent = "\(Int(fraction * 100))%"
        return String(repeating: " ", count: 4 - percent.count) + percent
    }

    private var timeLeft: String? {
        let timed = completed - completedBefore
        guard timed > 0, completed < total else { return nil }
        return Format.time(elapsed / timed * (total - completed))
    }
}
