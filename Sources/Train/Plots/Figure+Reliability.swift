import CNN
import Imaging

extension Figure {
    /// How often a network is right against how sure it is.
    ///
    /// A bar is as high as the part of the answers that are right, a line across it stands at the mean
    /// confidence, and the diagonal is where the two agree. Below is how many samples lie in each bin.
    /// With a calibration there are two diagrams, one before and one with it.
    public static func reliability(of reliability: Reliability, title: String) -> Figure {
        var diagrams = [
            ReliabilityDiagram(
                title: "as trained, error \(reliability.error.fixed(3))",
                bins: reliability.bins)
        ]
        if let calibration = reliability.calibration, let error = reliability.calibratedError,
            let bins = reliability.calibratedBins
        {
            let temperature = calibration.temperature.fixed(2)
            diagrams.append(
                ReliabilityDiagram(
                    title: "temperature \(temperature), error \(error.fixed(3))", bins: bins))
        }
        let width = 400.0
        var figure = Figure(
            width: Int(max(width * Double(diagrams.count), Theme.title().width(of: title) + 64)),
            height: 510, title: title)
        figure.add(.text(title, at: Point(x: 32, y: 34), style: Theme.title()))
        for (index, diagram) in diagrams.enumerated() {
            let left = Double(index) * width
            diagram.draw(
                in: Rectangle(x: left + 72, y: 84, width: 300, height: 300), of: &figure)
        }
        return figure
    }
}

/// One square of a reliability diagram, with a histogram below it.
private struct ReliabilityDiagram {
    var title: String
    var bins: [Reliability.Bin]

    private static let histogramHeight = 52.0

    func draw(in square: Rectangle, of figure: inout Figure) {
        figure.add(
            .text(title, at: Point(x: square.x, y: square.y - 12), style: Theme.label(size: 15)))
        drawAxes(square, of: &figure)
        let width = square.width / Double(bins.count)
        let most = Double(bins.map(\.count).max() ?? 0)
        for (index, bin) in bins.enumerated() where bin.count > 0 {
            let x = square.x + Double(index) * width
            let height = bin.accuracy * square.height
            figure.add(
                .rectangle(
                    Rectangle(x: x + 1, y: square.maxY - height, width: width - 2, height: height),
                    fill: Theme.training))
            let middle = square.maxY - bin.confidence * square.height
            figure.add(
                .line(
                    [Point(x: x + 1, y: middle), Point(x: x + width - 1, y: middle)],
                    stroke: Theme.validation, width: 3))
            let share = Double(bin.count) / most * Self.histogramHeight
            figure.add(
                .rectangle(
                    Rectangle(
                        x: x + 1, y: square.maxY + 54 + Self.histogramHeight - share,
                        width: width - 2, height: share),
                    fill: Theme.axis))
        }
        figure.add(
            .line(
                [Point(x: square.x, y: square.maxY), Point(x: square.maxX, y: square.y)],
                stroke: Theme.mark, width: 1, dash: 4))
    }

    private func drawAxes(_ square: Rectangle, of figure: inout Figure) {
        for tick in stride(from: 0, through: 1, by: 0.25) {
            let (x, y) = (square.x + tick * square.width, square.maxY - tick * square.height)
            figure.add(
                .line(
                    [Point(x: square.x, y: y), Point(x: square.maxX, y: y)], stroke: Theme.grid,
                    width: 1))
            let label = tick.fixed(2)
            figure.add(
                .text(label, at: Point(x: square.x - 8, y: y + 5), style: Theme.label(.trailing)))
            figure.add(
                .text(label, at: Point(x: x, y: square.maxY + 20), style: Theme.label(.center)))
        }
        figure.add(.frame(square, stroke: Theme.axis, width: 1.25))
        figure.add(
            .text(
                "accuracy", at: Point(x: square.x - 50, y: square.center.y),
                style: Theme.label(.center, angle: -90)))
        figure.add(
            .text(
                "confidence", at: Point(x: square.center.x, y: square.maxY + 40),
                style: Theme.label(.center)))
        figure.add(
            .text(
                "samples",
                at: Point(x: square.x - 50, y: square.maxY + 58 + Self.histogramHeight / 2),
                style: Theme.label(.center, angle: -90)))
    }
}
