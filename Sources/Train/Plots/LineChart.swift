import Imaging

/// Curves over epochs in a part of a figure: title, legend, axes, grid, and a mark at one epoch.
struct LineChart {
    /// One curve; values that are not plottable leave a gap.
    struct Series {
        var name: String
        var color: Color
        /// The value of each epoch.
        var values: [Double]
        /// The standard error of each value; empty where it is not known.
        var errors: [Double] = []
    }

    var title: String
    /// The numbers of the epochs.
    var epochs: [Int]
    var series: [Series] = []
    /// Beyond which there are no values.
    var limits: ClosedRange<Double>?
    /// The epoch that is marked, as an index, and what the legend calls it.
    var mark: (index: Int, name: String)?

    /// Draws the chart into a part of a figure.
    func draw(in area: Rectangle, of figure: inout Figure) {
        let verticalTicks = AxisTicks(covering: series.flatMap(\.extent), within: limits)
        let labelWidth =
            verticalTicks.values.map { tick in
                Theme.label().width(of: verticalTicks.label(tick))
            }.max() ?? 0
        let left = area.x + labelWidth + 12
        let plot = Rectangle(
            x: left, y: area.y + 62, width: area.maxX - left, height: area.height - 62 - 48)
        let scale = Scale(
            plot: plot, vertical: verticalTicks,
            horizontal: AxisTicks(
                wholeNumbersIn: (epochs.min() ?? 1)...(epochs.max() ?? 1),
                count: max(2, Int(plot.width / 50))))
        figure.add(.text(title, at: Point(x: plot.x, y: area.y + 20), style: Theme.title()))
        drawLegend(at: Point(x: plot.x, y: area.y + 46), of: &figure)
        drawAxes(scale, of: &figure)
        for curve in series { draw(curve, scale, of: &figure) }
        drawMark(scale, of: &figure)
    }

    private func drawLegend(at start: Point, of figure: inout Figure) {
        let style = Theme.label()
        var x = start.x
        let middle = start.y - 5
        for curve in series {
            figure.add(
                .line(
                    [Point(x: x, y: middle), Point(x: x + 20, y: middle)], stroke: curve.color,
                    width: 2.5))
            figure.add(.text(curve.name, at: Point(x: x + 27, y: start.y), style: style))
            x += 27 + style.width(of: curve.name) + 22
        }
        guard let mark else { return }
        figure.add(
            .ring(Point(x: x + 6, y: middle), radius: 5, stroke: Theme.mark, width: 1.75))
        figure.add(.text(mark.name, at: Point(x: x + 17, y: start.y), style: style))
    }

    private func drawAxes(_ scale: Scale, of figure: inout Figure) {
        let plot = scale.plot
        for tick in scale.vertical.values {
            let y = scale.y(tick)
            figure.add(
                .line(
                    [Point(x: plot.x, y: y), Point(x: plot.maxX, y: y)], stroke: Theme.grid,
                    width: 1))
            figure.add(
                .text(
                    scale.vertical.label(tick), at: Point(x: plot.x - 8, y: y + 5),
                    style: Theme.label(.trailing)))
        }
        for tick in scale.horizontal.values {
            let x = scale.x(tick)
            figure.add(
                .line(
                    [Point(x: x, y: plot.maxY), Point(x: x, y: plot.maxY + 5)], stroke: Theme.axis,
                    width: 1))
            figure.add(
                .text(
                    scale.horizontal.label(tick), at: Point(x: x, y: plot.maxY + 20),
                    style: Theme.label(.center)))
        }
        figure.add(
            .line(
                [Point(x: plot.x, y: plot.maxY), Point(x: plot.maxX, y: plot.maxY)],
                stroke: Theme.axis, width: 1.25))
        figure.add(
            .text(
                "epoch", at: Point(x: plot.center.x, y: plot.maxY + 40),
                style: Theme.label(.center)))
    }

    private func draw(_ curve: Series, _ scale: Scale, of figure: inout Figure) {
        let places = zip(epochs, curve.values).map { epoch, value in
            value.isPlottable ? Point(x: scale.x(Double(epoch)), y: scale.y(value)) : nil
        }
        for (index, error) in curve.errors.enumerated() {
            guard let place = places[index], error.isFinite else { continue }
            let reach = scale.y(0) - scale.y(error)
            figure.add(
                .line(
                    [Point(x: place.x, y: place.y - reach), Point(x: place.x, y: place.y + reach)],
                    stroke: curve.color.withOpacity(0.45), width: 1.25))
        }
        for run in places.split(separator: nil) {
            figure.add(.line(run.compactMap(\.self), stroke: curve.color, width: 2.25))
        }
        // Where epochs lie close together, the line alone is clearer.
        guard scale.plot.width / Double(max(1, epochs.count)) > 12 else { return }
        for place in places.compactMap(\.self) {
            figure.add(.dot(place, radius: 3, fill: curve.color))
        }
    }

    private func drawMark(_ scale: Scale, of figure: inout Figure) {
        guard let mark else { return }
        let x = scale.x(Double(epochs[mark.index]))
        figure.add(
            .line(
                [Point(x: x, y: scale.plot.maxY), Point(x: x, y: scale.plot.y)],
                stroke: Theme.mark, width: 1, dash: 4))
        guard let value = series.last?.values[mark.index], value.isPlottable else { return }
        figure.add(
            .ring(Point(x: x, y: scale.y(value)), radius: 6, stroke: Theme.mark, width: 1.75))
    }
}

extension LineChart.Series {
    /// What the axis has to hold.
    fileprivate var extent: [Double] {
        errors.isEmpty
            ? values : zip(values, errors).flatMap { [$0 - $1, $0 + $1] } + values
    }
}

/// Where numbers lie in a plot.
private struct Scale {
    let plot: Rectangle
    let vertical: AxisTicks
    let horizontal: AxisTicks

    func x(_ value: Double) -> Double {
        let range = horizontal.range
        let inset = 10.0
        return plot.x + inset
            + (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            * (plot.width - 2 * inset)
    }

    func y(_ value: Double) -> Double {
        let range = vertical.range
        return plot.maxY
            - (value - range.lowerBound) / (range.upperBound - range.lowerBound) * plot.height
    }
}

extension Color {
    fileprivate func withOpacity(_ opacity: Double) -> Color {
        var color = self
        color.opacity = opacity
        return color
    }
}
