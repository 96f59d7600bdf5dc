import Foundation
import Imaging

extension Figure {
    /// A heat map of a confusion matrix: in each cell the number of images, and their part of the
    /// true class in percent, which is also its color.
    ///
    /// Cells that are too small for it, as with many classes, leave out the percentage or both.
    ///
    /// - Complexity: O(*n*²) in the number of classes.
    public static func confusionMatrix(of evaluation: Evaluation, title: String) -> Figure {
        HeatMap(evaluation: evaluation, title: title).figure
    }
}

/// The layout of a confusion matrix.
private struct HeatMap {
    let evaluation: Evaluation
    let title: String
    let names: [String]
    let cell: Double
    /// How the names of the columns are turned, in degrees: more, the wider they are.
    let columnAngle: Double
    let grid: Rectangle

    private var matrix: ConfusionMatrix { evaluation.confusion }
    private let labelStyle = Theme.label(size: 15)

    init(evaluation: Evaluation, title: String) {
        self.evaluation = evaluation
        self.title = title
        names = evaluation.classNames.map { $0.count > 20 ? $0.prefix(18) + ".." : $0 }
        let count = Double(max(1, names.count))
        cell = min(76, max(14, 560 / count)).rounded()
        let style = labelStyle
        let widest = names.map { style.width(of: $0) }.max() ?? 0
        columnAngle = widest <= cell - 6 ? 0 : cell > 24 ? -45 : -90
        let columnLabels = columnAngle == 0 ? 26 : -widest * sin(columnAngle * .pi / 180) + 26
        grid = Rectangle(
            x: (widest + 58).rounded(), y: (98 + columnLabels).rounded(), width: cell * count,
            height: cell * count)
    }

    var figure: Figure {
        let lastName = columnAngle == -45 ? names.last.map(labelStyle.width) ?? 0 : 0
        let right = grid.maxX + max(84, lastName * 0.71 + 12)
        let summary =
            "accuracy \(evaluation.accuracy.fixed(3)) ± \(evaluation.standardError.fixed(3)), "
            + "macro-F1 \(matrix.macroF1.fixed(3)), \(evaluation.count) images"
        let widestLine = max(
            Theme.title().width(of: title), labelStyle.width(of: summary))
        var figure = Figure(
            width: Int(max(right, 24 + widestLine * 1.1 + 24)), height: Int(grid.maxY + 24),
            title: "\(title): \(summary)")
        figure.add(.text(title, at: Point(x: 24, y: 34), style: Theme.title()))
        figure.add(.text(summary, at: Point(x: 24, y: 58), style: labelStyle))
        drawCells(of: &figure)
        drawLabels(of: &figure)
        drawScale(of: &figure)
        return figure
    }

    private func drawCells(of figure: inout Figure) {
        for (row, counts) in matrix.rows.enumerated() {
            let total = counts.reduce(0, +)
            for (column, count) in counts.enumerated() {
                let share = total == 0 ? 0 : Double(count) / Double(total)
                let square = Rectangle(
                    x: grid.x + Double(column) * cell, y: grid.y + Double(row) * cell, width: cell,
                    height: cell)
                figure.add(
                    .rectangle(
                        square.inset(by: 0.5),
                        fill: Theme.cold.mixed(with: Theme.hot, fraction: share)))
                drawNumbers(count, total == 0 ? nil : share, in: square, of: &figure)
            }
        }
    }

    private func drawNumbers(
        _ count: Int, _ share: Double?, in square: Rectangle, of figure: inout Figure
    ) {
        let center = square.center
        let size = min(16, cell * 0.26)
        let color = (share ?? 0) > 0.55 ? Color.white : Theme.heading
        var style = TextStyle(size: size, color: color, weight: .bold, alignment: .center)
        guard cell >= 30, style.width(of: String(count)) <= cell - 4 else { return }
        let shownShare = cell >= 46 ? share : nil
        let y = shownShare != nil ? center.y - 1 : center.y + size * 0.35
        figure.add(.text(String(count), at: Point(x: center.x, y: y), style: style))
        guard let shownShare else { return }
        style.weight = .regular
        style.size = size * 0.875
        figure.add(
            .text(
                "\((shownShare * 100).fixed(1)) %",
                at: Point(x: center.x, y: center.y + size * 1.05), style: style))
    }

    private func drawLabels(of figure: inout Figure) {
        var style = labelStyle
        // With many classes the cells are lower than a line of text.
        style.size = min(style.size, cell * 0.9)
        for (index, name) in names.enumerated() {
            let middle = (Double(index) + 0.5) * cell
            style.alignment = .trailing
            style.angle = 0
            figure.add(
                .text(
                    name, at: Point(x: grid.x - 9, y: grid.y + middle + style.size * 0.35),
                    style: style))
            style.alignment = columnAngle == 0 ? .center : .leading
            style.angle = columnAngle
            let nudge = -style.size * 0.35 * sin(columnAngle * .pi / 180)
            figure.add(
                .text(name, at: Point(x: grid.x + middle + nudge, y: grid.y - 9), style: style))
        }
        var heading = Theme.label(size: 15, .center)
        heading.weight = .bold
        figure.add(.text("predicted", at: Point(x: grid.center.x, y: 88), style: heading))
        heading.angle = -90
        figure.add(.text("true", at: Point(x: 32, y: grid.center.y), style: heading))
    }

    /// The bar that explains the colors.
    private func drawScale(of figure: inout Figure) {
        let steps = 50
        let height = min(grid.height, 300)
        let x = grid.maxX + 16
        for step in 0..<steps {
            let fraction = (Double(step) + 0.5) / Double(steps)
            figure.add(
                .rectangle(
                    Rectangle(
                        x: x, y: grid.y + (1 - Double(step + 1) / Double(steps)) * height,
                        width: 14, height: height / Double(steps) + 0.5),
                    fill: Theme.cold.mixed(with: Theme.hot, fraction: fraction)))
        }
        for percent in [0, 50, 100] {
            let y = grid.y + (1 - Double(percent) / 100) * height
            let baseline = min(max(y + 4.5, grid.y + 9), grid.y + height)
            figure.add(
                .text(
                    "\(percent) %", at: Point(x: x + 20, y: baseline),
                    style: Theme.label(size: 13)))
        }
    }
}
