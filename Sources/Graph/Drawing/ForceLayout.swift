import Foundation
import Imaging

/// Places nodes so that those with an edge lie close together and all others apart.
///
/// Nodes push each other away, edges pull, and a weak pull holds everything together; the steps
/// become smaller until nothing moves. There is no chance in it: the same graph has the same layout.
///
/// Source: Fruchterman and Reingold, "Graph Drawing by Force-directed Placement", 1991.
struct ForceLayout {
    /// An edge between two nodes by their numbers.
    struct Edge {
        let from: Int
        let to: Int
        /// How strongly it pulls, 1 for an ordinary one.
        let strength: Double
    }

    /// The distance that a single edge of strength 1 would have.
    static let unit = 1.0

    private(set) var places: [Point]
    private let edges: [Edge]

    /// Lays out nodes; the first one stays at (0, 0).
    ///
    /// - Complexity: O(*n*²) in the number of nodes.
    init(nodeCount: Int, edges: [Edge], steps: Int = 500) {
        self.edges = edges
        // A sunflower: even, and without two nodes in one place.
        places = (0..<nodeCount).map { index in
            let angle = Double(index) * .pi * (3 - 5.0.squareRoot())
            let radius = Self.unit * Double(index).squareRoot()
            return Point(x: radius * cos(angle), y: radius * sin(angle))
        }
        for step in 0..<steps {
            move(atMost: Self.unit * (0.02 + 0.5 * (1 - Double(step) / Double(steps))))
        }
    }

    private mutating func move(atMost limit: Double) {
        var forces = places.map { Point(x: -0.04 * $0.x, y: -0.04 * $0.y) }
        for one in places.indices {
            for other in places.indices.dropFirst(one + 1) {
                let (x, y) = (places[one].x - places[other].x, places[one].y - places[other].y)
                let push = Self.unit * Self.unit / max(x * x + y * y, 1e-6)
                forces[one].x += x * push
                forces[one].y += y * push
                forces[other].x -= x * push
                forces[other].y -= y * push
            }
        }
        for edge in edges {
            let x = places[edge.from].x - places[edge.to].x
            let y = places[edge.from].y - places[edge.to].y
            let pull = edge.strength * (x * x + y * y).squareRoot() / Self.unit
            forces[edge.from].x -= x * pull
            forces[edge.from].y -= y * pull
            forces[edge.to].x += x * pull
            forces[edge.to].y += y * pull
        }
        for index in places.indices.dropFirst() {
            let length = (forces[index].x * forces[index].x + forces[index].y * forces[index].y)
                .squareRoot()
            let scale = min(limit, length) / max(length, 1e-12)
            places[index].x += forces[index].x * scale
            places[index].y += forces[index].y * scale
        }
    }
}
