import Files
import Foundation
import Imaging
import Testing
import _TestSupport

@testable import Train

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct FigureTests {
    static let histories: [(name: String, history: History)] = [
        ("no epoch", History()),
        ("one epoch", History(training: [0.3], validation: [0.4])),
        ("no validation", History(training: [0.3, 0.5])),
        ("not a number", History(training: [0.3, .nan, 0.5], validation: [.nan, 0.2, .infinity])),
        (
            "fifty epochs",
            History(
                training: (1...50).map { Double($0) / 60 },
                validation: (1...50).map { 0.6 - 5 / Double($0 + 10) })
        ),
    ]

    static let evaluations: [(name: String, evaluation: Evaluation)] = [
        ("seven", Evaluation(diagonal: 90, others: 3, classNames: Expression.names)),
        ("markup", Evaluation(diagonal: 1, others: 0, classNames: ["<a> & \"b\"", "ü"])),
        ("empty", Evaluation(diagonal: 0, others: 0, classNames: ["a", "b"])),
        ("forty", Evaluation(diagonal: 50, others: 1, classNames: (0..<40).map { "class \($0)" })),
    ]

    /// A figure that messages name instead of printing its elements.
    struct Sample: CustomTestStringConvertible {
        var name: String
        var figure: Figure

        var testDescription: String { name }
    }

    static let figures =
        histories.map {
            Sample(
                name: $0.name, figure: .learningCurves(of: $0.history, title: "R & D"))
        }
        + evaluations.map {
            Sample(
                name: $0.name, figure: .confusionMatrix(of: $0.evaluation, title: "Run"))
        }

    @Test(arguments: figures) func svgIsWellFormed(sample: Sample) {
        #expect(XMLParser(data: Data(sample.figure.svg.utf8)).parse(), "\(sample.name)")
    }

    @Test(arguments: figures) func numbersAreNumbers(sample: Sample) {
        #expect(sample.figure.svg.contains(#/="[^"]*(nan|inf)[^"]*"/#) == false, "\(sample.name)")
    }

    @Test(arguments: figures) func everythingLiesOnThePage(sample: Sample) {
        let page = Rectangle(
            x: 0, y: 0, width: Double(sample.figure.width), height: Double(sample.figure.height))
        for element in sample.figure.elements {
            for corner in element.corners {
                #expect(
                    corner.x >= page.x - 0.01 && corner.x <= page.maxX + 0.01
                        && corner.y >= page.y - 0.01 && corner.y <= page.maxY + 0.01,
                    "\(sample.name): \(element)")
            }
        }
    }

    @Test(arguments: figures) func pixelsHaveTheScale(sample: Sample) {
        let image = sample.figure.image(scale: 1)
        #expect(image.width == sample.figure.width && image.height == sample.figure.height)
        #expect(image.channels == 3)
        #expect(Set(image.samples).count > 20, "\(sample.name) is empty")
    }

    @Test func bothFilesAreWritten() throws {
        try withTemporaryFolder { folder in
            let figure = Figure.learningCurves(of: Self.histories[1].history, title: "Run")
            try figure.write(to: folder, named: "curves")
            let image = try Image(contentsOf: folder.appending(path: "curves.png"))
            #expect(image == figure.image(scale: 2))
            let text = try String(
                contentsOf: folder.appending(path: "curves.svg"), encoding: .utf8)
            #expect(text == figure.svg)
        }
    }

    @Test func textIsEscaped() {
        let figure = Figure.confusionMatrix(of: Self.evaluations[1].evaluation, title: "x\u{1}")
        #expect(figure.svg.contains(">&lt;a&gt; &amp; &quot;b&quot;</text>"))
        #expect(!figure.svg.contains("\u{1}"))
    }
}

extension Evaluation {
    init(diagonal: Int, others: Int, classNames: [String]) {
        let rows = classNames.indices.map { truth in
            classNames.indices.map { truth == $0 ? diagonal : others }
        }
        self.init(loss: 1, confusion: ConfusionMatrix(rows: rows), classNames: classNames)
    }
}

extension Figure {
    var texts: [String] {
        elements.compactMap { if case .text(let text, _, _) = $0 { text } else { nil } }
    }
}

extension Figure.Element {
    /// Points that the element reaches to.
    var corners: [Point] {
        switch self {
        case .rectangle(let rectangle, _), .frame(let rectangle, _, _):
            return [
                Point(x: rectangle.x, y: rectangle.y), Point(x: rectangle.maxX, y: rectangle.maxY),
            ]
        case .line(let points, _, _, _):
            return points
        case .dot(let center, _, _), .ring(let center, _, _, _):
            return [center]
        case .text(let text, let place, let style):
            let width = style.width(of: text)
            let start =
                switch style.alignment {
                case .leading: 0.0
                case .center: -width / 2
                case .trailing: -width
                }
            let angle = style.angle * .pi / 180
            return [start, start + width].map {
                Point(x: place.x + $0 * cos(angle), y: place.y + $0 * sin(angle))
            }
        }
    }
}
