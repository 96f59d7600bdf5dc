import Imaging

extension Figure {
    /// Loss and accuracy of training and validation over the epochs, side by side.
    ///
    /// Bars at the validation accuracy reach one standard error up and down; a ring marks the best
    /// epoch, that of the highest validation accuracy. A value that is not a number leaves a gap.
    ///
    /// - Complexity: O(*n*) in the number of epochs.
    public static func learningCurves(of history: History, title: String) -> Figure {
        var figure = Figure(width: 1060, height: 430, title: title)
        var style = Theme.title(.center)
        style.size = 20
        // Some fonts of SVG viewers are wider than that of `Canvas`.
        style.size = min(style.size, style.size * 880 / style.width(of: title))
        figure.add(.text(title, at: Point(x: 530, y: 32), style: style))
        let panels = [
            Rectangle(x: 24, y: 46, width: 484, height: 374),
            Rectangle(x: 552, y: 46, width: 484, height: 374),
        ]
        history.lossChart.draw(in: panels[0], of: &figure)
        history.accuracyChart.draw(in: panels[1], of: &figure)
        return figure
    }
}

extension History {
    fileprivate var lossChart: LineChart {
        var chart = LineChart(title: "Loss", epochs: epochs.map(\.epoch))
        chart.series.append(
            LineChart.Series(
                name: "training", color: Theme.training, values: epochs.map(\.loss)))
        if hasValidation {
            chart.series.append(
                LineChart.Series(
                    name: "validation", color: Theme.validation,
                    values: epochs.map { $0.validationLoss ?? .nan }))
        }
        chart.mark = mark { "best accuracy: epoch \($0.epoch)" }
        return chart
    }

    fileprivate var accuracyChart: LineChart {
        var chart = LineChart(title: "Accuracy", epochs: epochs.map(\.epoch), limits: 0...1)
        chart.series.append(
            LineChart.Series(
                name: "training", color: Theme.training, values: epochs.map(\.accuracy)))
        if hasValidation {
            chart.series.append(
                LineChart.Series(
                    name: "validation", color: Theme.validation,
                    values: epochs.map { $0.validationAccuracy ?? .nan },
                    errors: epochs.map { $0.validationStandardError ?? .nan }))
        }
        chart.mark = mark {
            "best: epoch \($0.epoch), \(($0.validationAccuracy ?? $0.accuracy).fixed(3))"
        }
        return chart
    }

    private var hasValidation: Bool {
        epochs.contains { $0.validationAccuracy != nil }
    }

    private func mark(name: (EpochReport) -> String) -> (index: Int, name: String)? {
        // Reports are found by their number: one with a loss of NaN is not equal to itself.
        guard let best, let index = epochs.firstIndex(where: { $0.epoch == best.epoch }) else {
            return nil
        }
        return (index, name(best))
    }
}
