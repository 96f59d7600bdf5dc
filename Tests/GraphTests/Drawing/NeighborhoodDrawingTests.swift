import Foundation
import Imaging
import Testing
import _TestSupport

@testable import Graph

@Suite struct NeighborhoodDrawingTests {
    private static func drawing(_ limit: Int = 30) throws -> NeighborhoodDrawing {
        let knowledge = try KnownSongs.knowledge()
        return try NeighborhoodDrawing(
            knowledge, knowledge.neighborhood(ofSongNamed: "artist:muse", hops: 2, limit: limit))
    }

    @Test func isTheSameEachTime() throws {
        #expect(try Self.drawing().svg == Self.drawing().svg)
        #expect(try Self.drawing().image(scale: 0.5) == Self.drawing().image(scale: 0.5))
    }

    @Test("the SVG is XML with each song's title, whatever is in it")
    func svg() throws {
        let parser = XMLText()
        #expect(parser.parse(Data(try Self.drawing(60).svg)))
        #expect(parser.counts["svg"] == 1 && (parser.counts["circle"] ?? 0) > 60)
        #expect(parser.text.contains("Around “\(KnownSongs.all[7].song.title)”"))
        #expect(parser.text.contains("NINA SIMONE") && parser.text.contains("happy"))
    }

    @Test func theSmallestNeighborhoodHasOneSong() throws {
        let image = try Self.drawing(1).image(scale: 0.25)
        #expect(image.width == 250 && image.channels == 3)
        #expect(Set(image.samples).count > 10)
    }

    @Test("labels do not overlap, and nothing leaves the sheet")
    func spreading() {
        let boxes = (0..<40).map { index in
            Rectangle(
                x: 400 + Double(index % 7) * 10, y: 300 + Double(index / 7) * 9, width: 110,
                height: 44)
        }
        let area = Rectangle(x: 0, y: 0, width: 1000, height: 720)
        let fixed = boxes.indices.map { $0 == 0 }
        let spread = BoxSpreading(boxes, isFixed: fixed, in: area).boxes
        #expect(spread[0] == boxes[0])
        for (index, box) in spread.enumerated() {
            #expect(box.intersection(area).area >= box.area - 1e-6)
            for other in spread.dropFirst(index + 1) {
                #expect(box.intersection(other).area <= box.area / 1000)
            }
        }
    }

    @Test("nodes with an edge lie closer together than others")
    func layout() {
        // Two rings of five, joined by one edge.
        var edges: [ForceLayout.Edge] = [.init(from: 0, to: 5, strength: 1)]
        for node in 0..<5 {
            let next = (node + 1) % 5
            edges.append(.init(from: node, to: next, strength: 1))
            edges.append(.init(from: node + 5, to: next + 5, strength: 1))
        }
        let layout = ForceLayout(nodeCount: 10, edges: edges)
        func distance(_ one: Int, _ other: Int) -> Double {
            let x = layout.places[one].x - layout.places[other].x
            let y = layout.places[one].y - layout.places[other].y
            return (x * x + y * y).squareRoot()
        }
        #expect(layout.places[0] == Point(x: 0, y: 0))
        let joined = edges.map { distance($0.from, $0.to) }.max() ?? 0
        var apart = Double.infinity
        for one in 1..<5 {
            for other in 6..<10 { apart = min(apart, distance(one, other)) }
        }
        #expect(joined < 2 && apart > joined)
    }

    @Test(arguments: [
        ("Short", "Short"), ("Feeling Good - Remastered 2003 Version", "Feeling Good"),
        ("A Song With (The Longest) Title Ever Written", "A Song With"),
        ("Averyveryverylongsinglewordtitle", "Averyveryverylongsingle…"),
        ("line\nbreak", "line break"), ("", ""),
    ])
    func shortTitles(title: String, short: String) {
        #expect(LabelText.shortened(title) == short)
    }
}

/// What an XML document says, and how many elements of each name it has.
private final class XMLText {
    private(set) var counts: [String: Int] = [:]
    private(set) var text = ""

    /// Reads a document without a general parser: that tags nest, and entities are known.
    func parse(_ data: Data) -> Bool {
        var open: [Substring] = []
        var rest = String(decoding: data, as: UTF8.self)[...]
        while let start = rest.firstIndex(of: "<") {
            text += rest[..<start].replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            guard let end = rest[start...].firstIndex(of: ">") else { return false }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") { continue }
            let name = tag.prefix { $0.isLetter }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return false }
            } else {
                counts[String(name), default: 0] += 1
                if !tag.hasSuffix("/") { open.append(name) }
            }
        }
        return open.isEmpty
    }
}
