import Files
public import Foundation
public import Imaging

/// A picture of the songs around one: what is alike lies close together, colors tell the region of
/// emotion, and a small plane shows where all of them lie in valence and energy.
///
/// ```swift
/// let around = Neighborhood(of: row, in: graph, hops: 2, limit: 40)
/// try NeighborhoodDrawing(KnowledgeGraph(library), around).write(to: file)
/// ```
public struct NeighborhoodDrawing: Sendable {
    private let sheet: Sheet
    private let title: String

    /// Lays out a neighborhood.
    ///
    /// - Throws: `FileError` if the library is damaged, `KnowledgeError` if it has no graph.
    /// - Complexity: O(*n*²) in the number of songs; some hundreds take a second.
    public init(_ knowledge: KnowledgeGraph, _ neighborhood: Neighborhood) throws {
        let graph = try DrawnGraph(knowledge, neighborhood)
        title = "Songs around \(graph.nodes[0].name)"
        sheet = SheetComposer(graph, leftOut: neighborhood.leftOut).sheet
    }

    /// The drawing as SVG, UTF-8: songs of Spotify are links to listen to them.
    public var svg: [UInt8] { SVGEncoder.encode(sheet, title: title) }

    /// The drawing as a picture.
    ///
    /// - Parameter scale: Pixels for each unit of the drawing, which is about 1200 wide.
    /// - Returns: An RGB picture.
    public func image(scale: Double = 2) -> Image { Canvas(sheet, scale: scale).image }

    /// Writes the drawing as SVG.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    public func writeSVG(to url: URL) throws { try AtomicFile.write(svg, to: url) }

    /// Writes the drawing as PNG.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    public func writePNG(to url: URL) throws { try AtomicFile.write(image().pngData(), to: url) }
}
