import Tensor

@testable import Imaging

extension Cascade {
    /// What a random cascade is made of.
    enum Kind: CaseIterable {
        case halves, thirds, quarters, unusualWeights, tilted, trees, patterns, patternTrees
    }

    /// A cascade without any sense, of 3 to 8 stages by its seed, which lets a few windows of most
    /// pictures pass.
    static func random(_ kind: Kind, seed: UInt64) -> Cascade {
        var random = RandomSource(seed: seed)
        let (width, height) = (14, 11)
        let isPatterns = kind == .patterns || kind == .patternTrees
        var cascade = Cascade(
            width: width, height: height,
            features: isPatterns
                ? .patterns((0..<30).map { _ in block(width, height, &random) })
                : .haar((0..<30).map { _ in feature(kind, width, height, &random) }),
            stages: [])
        let hasTrees = kind == .trees || kind == .patternTrees
        for stage in 0..<(3 + seed % 6) {
            let trees = (0..<6).map { _ in tree(nodes: hasTrees ? 3 : 1, &random) }
            // Many pass the later ones, so that some are left in the end.
            cascade.stages.append(Stage(threshold: stage < 3 ? -0.5 : -2, trees: trees))
        }
        return cascade
    }

    /// A cascade that lets every window pass that has any contrast.
    static func permissive(_ kind: Kind) -> Cascade {
        var cascade = random(kind, seed: 5)
        for stage in cascade.stages.indices { cascade.stages[stage].threshold = -100 }
        return cascade
    }

    private static func tree(nodes: Int, _ random: inout RandomSource) -> [Node] {
        (0..<nodes).map { index in
            var node = Node(
                feature: random.integer(below: 30),
                threshold: Float.random(in: -0.02..<0.02, using: &random),
                left: .leaf(Float.random(in: -1..<1, using: &random)),
                right: .leaf(Float.random(in: -1..<1, using: &random)))
            for word in 0..<8 { node.subset[word] = UInt32.random(in: 0...(.max), using: &random) }
            // The root leads to the second node on one side, and that to the third.
            if index + 1 < nodes {
                if Bool.random(using: &random) {
                    node.left = .node(index + 1)
                } else {
                    node.right = .node(index + 1)
                }
            }
            return node
        }
    }

    private static func block(
        _ width: Int, _ height: Int, _ random: inout RandomSource
    ) -> Area {
        let (w, h) = (1 + random.integer(below: width / 3), 1 + random.integer(below: height / 3))
        return Area(
            x: random.integer(below: width - 3 * w + 1),
            y: random.integer(below: height - 3 * h + 1), width: w, height: h)
    }

    private static func feature(
        _ kind: Kind, _ width: Int, _ height: Int, _ random: inout RandomSource
    ) -> HaarFeature {
        let (w, h) = (1 + random.integer(below: 3), 1 + random.integer(below: 2))
        var area = Area(x: 0, y: 0, width: 2 * w, height: 2 * h)
        if kind == .tilted {
            area.x = 2 * h + random.integer(below: width - 2 * w - 2 * h + 1)
            area.y = random.integer(below: height - 2 * w - 2 * h + 1)
            var half = area
            half.width = w
            return HaarFeature(areas: [area, half], weights: [-1, 2], isTilted: true)
        }
        area.x = random.integer(below: width - 2 * w + 1)
        area.y = random.integer(below: height - 2 * h + 1)
        let parts = (0..<4).map { index in
            Area(x: area.x + index % 2 * w, y: area.y + index / 2 * h, width: w, height: h)
        }
        var half = parts[random.integer(below: 2) * 3]
        switch kind {
        case .quarters:
            let first = random.integer(below: 2)
            let diagonal = [parts[3 - first], parts[first]]
            return HaarFeature(areas: [area] + diagonal, weights: [-1, 2, 2])
        case .unusualWeights:
            return HaarFeature(areas: [area, parts[1], parts[2]], weights: [-0.5, 0.75, 1.25])
        case .thirds:
            return HaarFeature(areas: [area, parts[2]], weights: [-1, 3])
        default:
            // Left, right, upper or lower half.
            if Bool.random(using: &random) {
                (half.x, half.width) = (area.x, area.width)
            } else {
                (half.y, half.height) = (area.y, area.height)
            }
            return HaarFeature(areas: [area, half], weights: [-1, 2])
        }
    }
}
