import Kernels

/// A cascade of boosted classifiers as its file describes it: stages of small decision trees that
/// a window of a fixed size has to pass, one after the other (Viola and Jones, "Robust real-time
/// object detection", 2001).
struct Cascade: Sendable {
    /// A rectangle in the window, in pixels.
    struct Area: Hashable, Sendable {
        var x, y, width, height: Int
    }

    /// A weighted sum of the pixels of two or three rectangles.
    struct HaarFeature: Sendable {
        var areas: [Area] = []
        var weights: [Float] = []
        /// Whether the rectangles are turned by 45 degrees (Lienhart and Maydt, "An extended set of
        /// Haar-like features for rapid object detection", 2002).
        var isTilted = false
    }

    /// What the nodes of the trees look at.
    enum Features: Sendable {
        /// Nodes compare a feature with a threshold.
        case haar([HaarFeature])
        /// Nodes look up a local binary pattern: which of the eight blocks around one are at least
        /// as bright. The area is that of the upper left block; all nine have its size.
        case patterns([Area])

        var count: Int {
            switch self {
            case .haar(let features): features.count
            case .patterns(let areas): areas.count
            }
        }
    }

    /// Where a node leads to.
    enum Branch: Hashable, Sendable {
        /// To a later node of the tree.
        case node(Int)
        /// To what the tree adds to the stage's sum.
        case leaf(Float)
    }

    /// A node of a tree.
    struct Node: Sendable {
        var feature: Int
        /// A Haar feature below it, normalized by the window's contrast, goes to the left.
        var threshold: Float = 0
        /// The patterns that go to the left, a bit each.
        var subset = SIMD8<UInt32>()
        var left, right: Branch
    }

    /// Trees whose answers are summed up.
    struct Stage: Sendable {
        /// The least sum that passes, as the file has it.
        var threshold: Float
        /// Every tree's nodes, the root first.
        var trees: [[Node]]
    }

    /// The width of the window in pixels.
    var width: Int
    /// The height of the window in pixels.
    var height: Int
    var features: Features
    var stages: [Stage]
}

extension Cascade {
    /// The largest window that a cascade may have: the sum of its squares fits into 32 bits.
    private static let sideLimit = 180
    /// The most nodes that a tree may have.
    private static let nodeLimit = CascadeProgram.nodeLimit

    /// What is wrong with a cascade; `nil` where nothing is.
    var fault: String? {
        guard (4...Self.sideLimit).contains(width), (4...Self.sideLimit).contains(height) else {
            return "its window of \(width)x\(height) pixels is not within 4 to \(Self.sideLimit)"
        }
        guard !stages.isEmpty, stages.allSatisfy({ !$0.trees.isEmpty }) else {
            return "it has no stages, or one without trees"
        }
        return featureFault ?? stages.lazy.compactMap(fault(of:)).first
    }

    private var featureFault: String? {
        switch features {
        case .haar(let features):
            let isSound = features.allSatisfy { feature in
                (2...3).contains(feature.areas.count) && feature.weights.allSatisfy(\.isFinite)
                    && feature.areas.allSatisfy { contains($0, isTilted: feature.isTilted) }
            }
            return isSound ? nil : "a feature has a rectangle outside of the window"
        case .patterns(let areas):
            let isSound = areas.allSatisfy { area in
                let blocks = Area(
                    x: area.x, y: area.y, width: 3 &* area.width, height: 3 &* area.height)
                return contains(area, isTilted: false) && contains(blocks, isTilted: false)
            }
            return isSound ? nil : "a feature has a block outside of the window"
        }
    }

    private func contains(_ area: Area, isTilted: Bool) -> Bool {
        let limit = 0...Self.sideLimit
        guard limit.contains(area.x), limit.contains(area.y), area.width > 0, area.height > 0,
            limit.contains(area.width), limit.contains(area.height)
        else { return false }
        if isTilted {
            return area.x >= area.height && area.x + area.width <= width
                && area.y + area.width + area.height <= height
        }
        return area.x + area.width <= width && area.y + area.height <= height
    }

    private func fault(of stage: Stage) -> String? {
        guard stage.threshold.isFinite else { return "a threshold is not finite" }
        for tree in stage.trees {
            guard (1...Self.nodeLimit).contains(tree.count) else {
                return "a tree has \(tree.count) nodes, not 1 to \(Self.nodeLimit)"
            }
            // The root needs none that leads to it.
            var leading = [1] + [Int](repeating: 0, count: tree.count - 1)
            for (index, node) in tree.enumerated() {
                guard features.count > node.feature, node.feature >= 0 else {
                    return "a node looks at feature \(node.feature) of \(features.count)"
                }
                guard node.threshold.isFinite else { return "a threshold is not finite" }
                for branch in [node.left, node.right] {
                    switch branch {
                    case .node(let next) where next <= index || next >= tree.count:
                        return "a node leads to node \(next) of \(tree.count)"
                    case .node(let next):
                        leading[next] += 1
                    case .leaf(let value) where !value.isFinite:
                        return "the value of a leaf is not finite"
                    default: break
                    }
                }
            }
            if let node = leading.firstIndex(where: { $0 != 1 }) {
                return "\(leading[node]) branches lead to node \(node) of a tree, not 1"
            }
        }
        return nil
    }
}
