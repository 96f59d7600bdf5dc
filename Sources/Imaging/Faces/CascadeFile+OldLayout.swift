import Files

extension CascadeFile {
    /// Reads a cascade whose nodes hold their features themselves.
    mutating func parseOldCascade() throws(FileError) -> Cascade {
        var size: [Double] = []
        var features: [Cascade.HaarFeature] = []
        var stages: [Cascade.Stage] = []
        while let name = try reader.nextElement() {
            switch name {
            case "size": size = try numbers()
            case "stages":
                while try reader.nextElement() != nil {
                    stages.append(try parseOldStage(index: stages.count, &features))
                }
            default: try reader.skipElement()
            }
        }
        guard size.count == 2 else { throw reader.damaged("it lacks its size") }
        return Cascade(
            width: try integer(size[0]), height: try integer(size[1]), features: .haar(features),
            stages: stages)
    }

    private mutating func parseOldStage(
        index: Int, _ features: inout [Cascade.HaarFeature]
    ) throws(FileError) -> Cascade.Stage {
        var threshold: Float?
        var trees: [[Cascade.Node]] = []
        while let name = try reader.nextElement() {
            switch name {
            case "stage_threshold": threshold = Float(try number())
            case "trees":
                while try reader.nextElement() != nil {
                    var tree: [Cascade.Node] = []
                    while try reader.nextElement() != nil {
                        tree.append(try parseOldNode(&features))
                    }
                    trees.append(tree)
                }
            case "parent":
                guard try integer() == index - 1 else {
                    throw reader.damaged("its stages are a tree, which is not supported")
                }
            default: try reader.skipElement()
            }
        }
        guard let threshold else { throw reader.damaged("a stage lacks its stage_threshold") }
        return Cascade.Stage(threshold: threshold, trees: trees)
    }

    private mutating func parseOldNode(
        _ features: inout [Cascade.HaarFeature]
    ) throws(FileError) -> Cascade.Node {
        var feature: Int?
        var threshold: Float?
        var left: Cascade.Branch?
        var right: Cascade.Branch?
        while let name = try reader.nextElement() {
            switch name {
            case "feature":
                feature = features.count
                features.append(try parseHaarFeature())
            case "threshold": threshold = Float(try number())
            case "left_val": left = .leaf(Float(try number()))
            case "left_node": left = .node(try integer())
            case "right_val": right = .leaf(Float(try number()))
            case "right_node": right = .node(try integer())
            default: try reader.skipElement()
            }
        }
        guard let feature, let threshold, let left, let right else {
            throw reader.damaged("a node lacks its feature, its threshold or one of its branches")
        }
        return Cascade.Node(feature: feature, threshold: threshold, left: left, right: right)
    }
}
