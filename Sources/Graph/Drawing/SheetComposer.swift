import Foundation
import Imaging

/// Puts a graph on a sheet: edges below, nodes with their labels above, a heading and a legend.
struct SheetComposer {
    private(set) var sheet: Sheet
    private let graph: DrawnGraph
    /// Where nodes may lie.
    private var area: Rectangle

    private static let paper = Color(0xFCFBF8)
    private static let ink = Color(0x2B2D33)
    private static let faint = Color(0x8A8D94)
    private static let withoutRegion = Color(0xA6A6A6)
    private static let margin = 36.0
    private static let headingHeight = 84.0

    init(_ graph: DrawnGraph, leftOut: Int) {
        self.graph = graph
        // As much room for each label, however many there are.
        let width = max(1000, 190 * Double(graph.nodes.count).squareRoot()).rounded()
        sheet = Sheet(width: width, height: (width * 0.72).rounded(), background: Self.paper)
        area = Rectangle(
            x: Self.margin, y: Self.headingHeight + 8, width: sheet.width - 2 * Self.margin,
            height: sheet.height - Self.headingHeight - 8 - Self.margin)
        let legend = RegionLegend(
            graph, in: Rectangle(x: Self.margin, y: sheet.height - 216, width: 180, height: 180))
        let places = place(avoiding: legend.room)
        drawEdges(places)
        for (node, place) in zip(graph.nodes, places).reversed() { draw(node, at: place) }
        sheet.marks += legend.marks
        drawHeading(leftOut: leftOut)
    }

    // MARK: Places

    /// Lays out the nodes, fits them into the area, and moves those apart that would overlap.
    private func place(avoiding legend: Rectangle) -> [Point] {
        let layout = ForceLayout(
            nodeCount: graph.nodes.count,
            edges: graph.edges.map {
                .init(from: $0.from, to: $0.to, strength: $0.similarity.map { 0.2 + $0 } ?? 0.6)
            })
        let extents = graph.nodes.map(extent)
        let boxes = zip(fit(layout.places), extents).map { place, extent in
            Rectangle(
                x: place.x + extent.x, y: place.y + extent.y, width: extent.width,
                height: extent.height)
        }
        let spread = BoxSpreading(
            boxes + [legend],
            isFixed: Array(repeating: false, count: boxes.count) + [true], in: area)
        return zip(spread.boxes, extents).map { Point(x: $0.x - $1.x, y: $0.y - $1.y) }
    }

    /// Scales places so that most of them fill the area, the first one in its middle; those far
    /// outside come to its edge.
    private func fit(_ places: [Point]) -> [Point] {
        func reach(_ distances: [Double]) -> Double {
            max(distances.sorted()[distances.count * 9 / 10], 1e-9)
        }
        let (reachX, reachY) = (reach(places.map { abs($0.x) }), reach(places.map { abs($0.y) }))
        return places.map { place in
            Point(
                x: area.center.x + max(-1, min(1, 0.85 * place.x / reachX)) * area.width / 2,
                y: area.center.y + max(-1, min(1, 0.85 * place.y / reachY)) * area.height / 2)
        }
    }

    /// The box of a node and its label, around its place.
    private func extent(of node: DrawnGraph.Node) -> Rectangle {
        let radius = Self.radius(of: node)
        let lines = Self.label(of: node)
        let width =
            max(lines.map { LabelText.width(of: $0.text, $0.lettering) }.max() ?? 0, 2 * radius)
            + 10
        let height = 2 * radius + 6 + lines.reduce(0) { $0 + $1.lettering.size * 1.25 }
        return Rectangle(x: -width / 2, y: -radius - 3, width: width, height: height)
    }

    // MARK: Nodes

    private static func radius(of node: DrawnGraph.Node) -> Double {
        switch node.shape {
        case .center: 17
        case .song: 6 + 6 * node.closeness
        case .artist, .genre: 6
        }
    }

    private static func label(
        of node: DrawnGraph.Node
    ) -> [(text: String, lettering: Mark.Lettering)] {
        let isCenter = node.shape == .center
        func lettering(_ size: Double, _ color: Color, isBold: Bool = false) -> Mark.Lettering {
            Mark.Lettering(
                size: size, color: color, isBold: isBold, alignment: .center, halo: paper)
        }
        switch node.shape {
        case .center, .song:
            let title = lettering(isCenter ? 18 : 13.5, ink, isBold: isCenter)
            let artist = lettering(isCenter ? 13.5 : 11.5, faint)
            return [(LabelText.shortened(node.name, to: isCenter ? 36 : 24), title)]
                + (node.artist.map { [(LabelText.shortened($0, to: 24), artist)] } ?? [])
        case .artist, .genre:
            return [(LabelText.shortened(node.name, to: 24), lettering(12, Color(0x5E6068)))]
        }
    }

    private func color(of node: DrawnGraph.Node) -> Color {
        node.region?.color ?? Self.withoutRegion
    }

    private mutating func draw(_ node: DrawnGraph.Node, at place: Point) {
        let radius = Self.radius(of: node)
        var marks: [Mark] = []
        switch node.shape {
        case .center, .song:
            if node.shape == .center {
                marks.append(
                    .circle(
                        center: place, radius: radius + 7,
                        fill: color(of: node).withOpacity(0.22)))
            }
            marks.append(
                .circle(
                    center: place, radius: radius, fill: color(of: node),
                    outline: .init(color: Self.paper, width: node.shape == .center ? 3 : 1.5)))
        case .artist:
            marks.append(
                .polygon(
                    [(0, -1), (1, 0), (0, 1), (-1, 0)].map {
                        Point(x: place.x + $0.0 * radius, y: place.y + $0.1 * radius)
                    }, fill: Self.paper, outline: .init(color: Color(0x5E6068), width: 1.6)))
        case .genre:
            marks.append(
                .rectangle(
                    Rectangle(
                        x: place.x - radius * 0.8, y: place.y - radius * 0.8, width: radius * 1.6,
                        height: radius * 1.6), fill: Self.paper,
                    outline: .init(color: Color(0x5E6068), width: 1.6)))
        }
        var baseline = place.y + radius + 3
        for (text, lettering) in Self.label(of: node) {
            baseline += lettering.size * 1.15
            marks.append(.text(text, at: Point(x: place.x, y: baseline), lettering))
        }
        sheet.marks.append(.group(marks, explanation: node.explanation, link: node.link))
    }

    // MARK: Edges

    private mutating func drawEdges(_ places: [Point]) {
        for edge in graph.edges.sorted(by: { ($0.similarity ?? -1) < ($1.similarity ?? -1) }) {
            let (from, to) = (places[edge.from], places[edge.to])
            guard let similarity = edge.similarity else {
                sheet.marks.append(
                    .line(
                        from: from, to: to, color: Self.faint.withOpacity(0.75), width: 1.2,
                        isDashed: true))
                continue
            }
            let mixed = color(of: graph.nodes[edge.from])
                .mixed(with: color(of: graph.nodes[edge.to]), fraction: 0.5)
            sheet.marks.append(
                .line(
                    from: from, to: to, color: mixed.withOpacity(0.2 + 0.5 * similarity),
                    width: 0.8 + 1.4 * similarity))
        }
    }

    // MARK: Heading

    private mutating func drawHeading(leftOut: Int) {
        let center = graph.nodes[0]
        let songs = graph.nodes.count { $0.shape == .center || $0.shape == .song }
        let count =
            leftOut > 0
            ? "the \(songs - 1) closest of \(songs - 1 + leftOut) songs" : "\(songs - 1) songs"
        sheet.marks.append(
            .text(
                "Around “\(LabelText.shortened(center.name, to: 48))”",
                at: Point(x: Self.margin, y: 50),
                Mark.Lettering(size: 26, color: Self.ink, isBold: true)))
        sheet.marks.append(
            .text(
                [center.artist, count + "; the stronger a line, the more alike"]
                    .compactMap(\.self).joined(separator: " · "),
                at: Point(x: Self.margin, y: 74), Mark.Lettering(size: 14, color: Self.faint)))
    }
}

extension Color {
    /// The color with another opacity.
    func withOpacity(_ opacity: Double) -> Color {
        Color(red: red, green: green, blue: blue, opacity: opacity)
    }
}
