/// What a node of a cascade computes from the sums at the corners of its rectangles.
package enum CascadeOperation: Int32, Sendable {
    /// Two rectangles of weights of their own; 8 offsets, four for each.
    case two
    /// Three such rectangles; 12 offsets.
    case three
    /// Two rectangles side by side, the first minus the second; 6 offsets.
    ///
    /// The corners lie on three parallel lines, two on each; those in the middle belong to both.
    case halves
    /// Three times an inner rectangle minus the outer one; 8 offsets, those of the outer one first.
    case thirds
    /// Four rectangles around a point, the upper left and the lower right one minus the others, or
    /// the other way round where the first weight is -1; 9 offsets, row by row.
    case quarters
    /// The local binary pattern of 3 x 3 blocks; 16 offsets, row by row.
    case pattern

    /// The number of offsets.
    package var offsetCount: Int {
        switch self {
        case .two, .thirds: 8
        case .three: 12
        case .halves: 6
        case .quarters: 9
        case .pattern: 16
        }
    }
}

/// A node of a decision tree.
package struct CascadeNode: Sendable {
    package var operation: CascadeOperation
    /// Which node of its tree it is; 0 is the root.
    package var index: Int32 = 0
    /// The later nodes that the branches lead to; 0 where they end in a leaf.
    package var left: Int32 = 0
    package var right: Int32 = 0
    /// What the branches add to the stage's sum; 0 where they lead to a node.
    package var leftValue: Float = 0
    package var rightValue: Float = 0
    /// The weights of the rectangles of `two` and `three`, and the sign of `quarters`.
    package var weights = SIMD4<Float>()
    /// Normalized features below it go to the left.
    package var threshold: Float = 0

    package init(_ operation: CascadeOperation) {
        self.operation = operation
    }
}

/// A stage of a cascade.
package struct CascadeStage: Sendable {
    /// The nodes of its trees, tree by tree.
    package var nodes: Range<Int>
    /// The offsets of its first node.
    package var firstOffset: Int
    /// The least sum that passes.
    package var threshold: Float

    package init(nodes: Range<Int>, firstOffset: Int, threshold: Float) {
        self.nodes = nodes
        self.firstOffset = firstOffset
        self.threshold = threshold
    }
}

/// A cascade as the kernels run it on sums that lie in a certain layout.
package struct CascadeProgram {
    /// The most nodes that a tree may have.
    package static let nodeLimit = 32

    /// The size of a window in pixels.
    package var windowWidth, windowHeight: Int
    /// How the sums lie in memory.
    package var layout: SumLayout
    /// Whether windows are normalized by their contrast, and those of little contrast refused.
    package var normalizes: Bool
    /// Whether every tree is a single node.
    package var hasStumpsOnly: Bool
    package var stages: UnsafeBufferPointer<CascadeStage>
    /// The nodes of all stages.
    package var nodes: UnsafePointer<CascadeNode>
    /// Where the sums lie that the nodes read, seen from the window's first one.
    package var offsets: UnsafePointer<Int32>
    /// Which patterns go to the left, `[nodes, 256]`, -1 or 0; empty without patterns.
    package var subsets: UnsafePointer<Int8>

    package init(
        windowWidth: Int, windowHeight: Int, layout: SumLayout, normalizes: Bool,
        hasStumpsOnly: Bool, stages: UnsafeBufferPointer<CascadeStage>,
        nodes: UnsafePointer<CascadeNode>, offsets: UnsafePointer<Int32>,
        subsets: UnsafePointer<Int8>
    ) {
        self.windowWidth = windowWidth
        self.windowHeight = windowHeight
        self.layout = layout
        self.normalizes = normalizes
        self.hasStumpsOnly = hasStumpsOnly
        self.stages = stages
        self.nodes = nodes
        self.offsets = offsets
        self.subsets = subsets
    }
}
