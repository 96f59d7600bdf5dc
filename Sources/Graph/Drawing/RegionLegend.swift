import Imaging

/// A small plane of valence and energy, a dot for each song: legend of the colors, and a picture of
/// where the songs lie among all of the library.
struct RegionLegend {
    /// What to draw.
    private(set) var marks: [Mark] = []
    /// The room that it takes.
    let room: Rectangle

    private static let ink = Color(0x5E6068)

    /// Draws the plane into a box, with its axes outside of it.
    init(_ graph: DrawnGraph, in box: Rectangle) {
        let hasArtists = graph.nodes.contains { $0.shape == .artist }
        let hasGenres = graph.nodes.contains { $0.shape == .genre }
        room = Rectangle(
            x: box.x - 8, y: box.y - (hasArtists || hasGenres ? 56 : 32), width: box.width + 16,
            height: box.height + 90)
        drawRegions(box)
        drawSongs(graph, box)
        nameRegions(box)
        var x = box.x
        let y = box.y - 34
        if hasArtists {
            marks.append(
                .polygon(
                    [(6, -6), (12, 0), (6, 6), (0, 0)].map {
                        Point(x: x + $0.0, y: y + $0.1)
                    }, fill: .white, outline: .init(color: Self.ink, width: 1.5)))
            label("artist", Point(x: x + 18, y: y + 4))
            x += 74
        }
        if hasGenres {
            marks.append(
                .rectangle(
                    Rectangle(x: x, y: y - 5, width: 10, height: 10), fill: .white,
                    outline: .init(color: Self.ink, width: 1.5)))
            label("genre", Point(x: x + 16, y: y + 4))
        }
    }

    private mutating func drawRegions(_ box: Rectangle) {
        for region in EmotionRegion.allCases {
            let isRight = region == .happy || region == .calm
            let isUpper = region == .happy || region == .angry
            let quarter = Rectangle(
                x: isRight ? box.center.x : box.x, y: isUpper ? box.y : box.center.y,
                width: box.width / 2, height: box.height / 2)
            marks.append(.rectangle(quarter.inset(by: 1), fill: region.color.withOpacity(0.16)))
        }
        label("energy ↑", Point(x: box.x, y: box.y - 8))
        label("valence →", Point(x: box.maxX, y: box.maxY + 17), alignment: .trailing)
    }

    private mutating func nameRegions(_ box: Rectangle) {
        for region in EmotionRegion.allCases {
            let isRight = region == .happy || region == .calm
            let isUpper = region == .happy || region == .angry
            label(
                region.rawValue,
                Point(
                    x: isRight ? box.maxX - 8 : box.x + 8, y: isUpper ? box.y + 17 : box.maxY - 8),
                color: region.color.mixed(with: .black, fraction: 0.25), isBold: true,
                alignment: isRight ? .trailing : .leading,
                halo: Color.white.mixed(with: region.color, fraction: 0.16))
        }
    }

    private mutating func drawSongs(_ graph: DrawnGraph, _ box: Rectangle) {
        for node in graph.nodes.reversed() {
            guard let place = node.percentiles, let region = node.region else { continue }
            let isCenter = node.shape == .center
            marks.append(
                .circle(
                    center: Point(
                        x: box.x + Double(place.x) * box.width,
                        y: box.maxY - Double(place.y) * box.height),
                    radius: isCenter ? 5.5 : 2.8, fill: region.color,
                    outline: .init(color: .white, width: isCenter ? 2 : 0.8)))
        }
    }

    private mutating func label(
        _ text: String, _ point: Point, color: Color = ink, isBold: Bool = false,
        alignment: TextStyle.Alignment = .leading, halo: Color? = nil
    ) {
        marks.append(
            .text(
                text, at: point,
                Mark.Lettering(
                    size: 12, color: color, isBold: isBold, alignment: alignment, halo: halo)))
    }
}
