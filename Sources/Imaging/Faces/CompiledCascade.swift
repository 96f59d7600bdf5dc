import Kernels
import Tensor

/// A cascade translated for the kernels, for one layout of the sums.
///
/// Unchecked, because what the program points to never changes.
final class CompiledCascade: @unchecked Sendable {
    /// The program, which is valid as long as this object.
    let program: CascadeProgram

    private let stages: UnsafeMutableBufferPointer<CascadeStage>
    private let nodes: UnsafeMutableBufferPointer<CascadeNode>
    private let offsets: UnsafeMutableBufferPointer<Int32>
    private let subsets: UnsafeMutableBufferPointer<Int8>

    /// Thresholds are sums that were reached in training; rounding must not keep them from passing.
    private static let tolerance: Float = 1e-5

    /// Translates a cascade.
    ///
    /// - Parameters:
    ///   - cascade: The cascade, which has no fault.
    ///   - layout: How the sums lie.
    ///   - tiltedOffset: How much later the tilted sums lie.
    init(_ cascade: Cascade, layout: SumLayout, tiltedOffset: Int) {
        var lists = Lists()
        let corners = FeatureCorners(layout: layout, tiltedOffset: tiltedOffset)
        for stage in cascade.stages {
            let (firstNode, firstOffset) = (lists.nodes.count, lists.offsets.count)
            for tree in stage.trees {
                for (index, node) in tree.enumerated() {
                    lists.append(node, index: index, of: cascade.features, corners)
                }
            }
            lists.stages.append(
                CascadeStage(
                    nodes: firstNode..<lists.nodes.count, firstOffset: firstOffset,
                    threshold: stage.threshold - Self.tolerance))
        }
        stages = .copy(of: lists.stages)
        nodes = .copy(of: lists.nodes)
        offsets = .copy(of: lists.offsets)
        subsets = .copy(of: lists.subsets)
        let isHaar = if case .haar = cascade.features { true } else { false }
        program = CascadeProgram(
            windowWidth: cascade.width, windowHeight: cascade.height, layout: layout,
            normalizes: isHaar,
            hasStumpsOnly: cascade.stages.allSatisfy { $0.trees.allSatisfy { $0.count == 1 } },
            stages: UnsafeBufferPointer(stages), nodes: nodes.start, offsets: offsets.start,
            subsets: subsets.start)
    }

    deinit {
        stages.deallocate()
        nodes.deallocate()
        offsets.deallocate()
        subsets.deallocate()
    }

    private struct Lists {
        var stages: [CascadeStage] = []
        var nodes: [CascadeNode] = []
        var offsets: [Int32] = []
        var subsets: [Int8] = []

        mutating func append(
            _ source: Cascade.Node, index: Int, of features: Cascade.Features,
            _ corners: FeatureCorners
        ) {
            var node: CascadeNode
            switch features {
            case .haar(let features):
                node = corners.append(features[source.feature], to: &offsets)
            case .patterns(let areas):
                node = corners.append(areas[source.feature], to: &offsets)
                for pattern in 0..<256 {
                    let bit = source.subset[pattern / 32] >> UInt32(pattern % 32) & 1
                    subsets.append(-Int8(truncatingIfNeeded: bit))
                }
            }
            node.index = Int32(index)
            node.threshold = source.threshold
            (node.left, node.leftValue) = source.left.parts
            (node.right, node.rightValue) = source.right.parts
            nodes.append(node)
        }
    }
}

extension Cascade.Branch {
    /// The node, or 0, and the value of the leaf, or 0.
    fileprivate var parts: (Int32, Float) {
        switch self {
        case .node(let index): (Int32(index), 0)
        case .leaf(let value): (0, value)
        }
    }
}

extension UnsafeMutableBufferPointer {
    fileprivate static func copy(of elements: [Element]) -> Self {
        let buffer = allocate(capacity: Swift.max(elements.count, 1))
        _ = buffer.initialize(from: elements)
        return buffer
    }

    fileprivate var start: UnsafePointer<Element> {
        guard let baseAddress else { misuse("a buffer without memory") }
        return UnsafePointer(baseAddress)
    }
}
