import Files
import Foundation

/// Reads cascades from the XML files of OpenCV, in the layout of its training tools of today
/// (`opencv-cascade-classifier`) and in the older one (`opencv-haar-classifier`).
struct CascadeFile {
    /// The largest file that is read, in bytes; the largest of OpenCV's own has 2.7 million.
    private static let sizeLimit = 1 << 25

    var reader: XMLReader

    /// Reads a file.
    static func read(_ url: URL) throws(FileError) -> Cascade {
        let file = try MappedFile(contentsOf: url)
        let result: Result<Cascade, FileError> = file.withUnsafeBytes { bytes in
            Result { () throws(FileError) in try read(bytes, name: url.path) }
        }
        return try result.get()
    }

    /// Reads the bytes of a file that messages call `name`.
    static func read(_ bytes: UnsafeRawBufferPointer, name: String) throws(FileError) -> Cascade {
        guard bytes.count <= sizeLimit else {
            throw FileError(
                .unsupported, at: name,
                "the file has \(bytes.count) bytes, but no cascade has more than \(sizeLimit). "
                    + "Name a cascade.")
        }
        var file = CascadeFile(reader: XMLReader(bytes, location: name))
        return try file.parse()
    }

    private mutating func parse() throws(FileError) -> Cascade {
        guard let root = try reader.nextElement(), "opencv_storage" ~= root,
            try reader.nextElement() != nil
        else { throw reader.damaged("it does not begin with <opencv_storage> and a cascade") }
        let isOld = reader.typeID == "opencv-haar-classifier"
        let cascade = isOld ? try parseOldCascade() : try parseCascade()
        guard try reader.nextElement() == nil, try reader.nextElement() == nil else {
            throw reader.damaged("there is more than one cascade")
        }
        if let fault = cascade.fault { throw reader.damaged(fault) }
        return cascade
    }

    private mutating func parseCascade() throws(FileError) -> Cascade {
        var width: Int?
        var height: Int?
        var stages: [Cascade.Stage] = []
        var features: Cascade.Features?
        while let name = try reader.nextElement() {
            switch name {
            case "stageType":
                let type = try reader.word()
                guard type == "BOOST" else { throw reader.damaged("its stages are \(type)") }
            case "featureType": features = try parseFeatureType()
            case "width": width = try integer()
            case "height": height = try integer()
            case "stages":
                guard let features else { throw reader.damaged("stages precede featureType") }
                stages = try parseStages(features)
            case "features":
                guard let kind = features else {
                    throw reader.damaged("features precede featureType")
                }
                features = try parseFeatures(kind)
            default: try reader.skipElement()
            }
        }
        guard let width, let height, let features else {
            throw reader.damaged("it lacks its width, its height or its featureType")
        }
        return Cascade(width: width, height: height, features: features, stages: stages)
    }

    /// The kind of the features, of which none has been read yet.
    private mutating func parseFeatureType() throws(FileError) -> Cascade.Features {
        switch try reader.word() {
        case "HAAR": return .haar([])
        case "LBP": return .patterns([])
        case let type:
            throw reader.damaged("features of type \(type) are not supported, only HAAR and LBP")
        }
    }

    private mutating func parseStages(
        _ features: Cascade.Features
    ) throws(FileError) -> [Cascade.Stage] {
        var stages: [Cascade.Stage] = []
        while try reader.nextElement() != nil {
            var threshold: Float?
            var trees: [[Cascade.Node]] = []
            while let name = try reader.nextElement() {
                switch name {
                case "stageThreshold": threshold = Float(try number())
                case "weakClassifiers":
                    while try reader.nextElement() != nil {
                        trees.append(try parseTree(features))
                    }
                default: try reader.skipElement()
                }
            }
            guard let threshold else { throw reader.damaged("a stage lacks its stageThreshold") }
            stages.append(Cascade.Stage(threshold: threshold, trees: trees))
        }
        return stages
    }

    /// Reads a tree whose nodes and leaves stand in two lists of numbers.
    private mutating func parseTree(
        _ features: Cascade.Features
    ) throws(FileError) -> [Cascade.Node] {
        var nodes: [Double] = []
        var leaves: [Double] = []
        while let name = try reader.nextElement() {
            switch name {
            case "internalNodes": nodes = try numbers()
            case "leafValues": leaves = try numbers()
            default: try reader.skipElement()
            }
        }
        // Both branches, the feature, and a threshold or a set of 256 patterns in words of 32 bits.
        let isHaar = if case .haar = features { true } else { false }
        let length = isHaar ? 4 : 11
        guard nodes.count.isMultiple(of: length), leaves.count == nodes.count / length + 1 else {
            throw reader.damaged(
                "a tree has \(nodes.count) numbers in its nodes, \(length) each, and "
                    + "\(leaves.count) leaves")
        }
        var tree: [Cascade.Node] = []
        tree.reserveCapacity(nodes.count / length)
        for start in stride(from: 0, to: nodes.count, by: length) {
            let (left, right) = (nodes[start], nodes[start + 1])
            var node = Cascade.Node(
                feature: try integer(nodes[start + 2]), left: try branch(left, leaves),
                right: try branch(right, leaves))
            if isHaar {
                node.threshold = Float(nodes[start + 3])
            } else {
                for word in 0..<8 {
                    let bits = try integer(nodes[start + 3 + word])
                    node.subset[word] = UInt32(truncatingIfNeeded: bits)
                }
            }
            tree.append(node)
        }
        return tree
    }

    /// Numbers above 0 are nodes, others the negative index of a leaf.
    private func branch(
        _ number: Double, _ leaves: [Double]
    ) throws(FileError) -> Cascade.Branch {
        let index = try integer(number)
        if index > 0 { return .node(index) }
        guard index > -leaves.count else {
            throw reader.damaged("a node leads to leaf \(index.magnitude) of \(leaves.count)")
        }
        return .leaf(Float(leaves[-index]))
    }

    private mutating func parseFeatures(
        _ kind: Cascade.Features
    ) throws(FileError) -> Cascade.Features {
        switch kind {
        case .haar:
            var features: [Cascade.HaarFeature] = []
            while try reader.nextElement() != nil { features.append(try parseHaarFeature()) }
            return .haar(features)
        case .patterns:
            var areas: [Cascade.Area] = []
            while try reader.nextElement() != nil {
                while let name = try reader.nextElement() {
                    guard case "rect" = name else {
                        try reader.skipElement()
                        continue
                    }
                    areas.append(try area(try numbers(), count: 4))
                }
            }
            return .patterns(areas)
        }
    }

    /// Reads what both layouts write alike.
    mutating func parseHaarFeature() throws(FileError) -> Cascade.HaarFeature {
        var feature = Cascade.HaarFeature()
        while let name = try reader.nextElement() {
            switch name {
            case "rects":
                while try reader.nextElement() != nil {
                    let values = try numbers()
                    feature.areas.append(try area(values, count: 5))
                    feature.weights.append(Float(values[4]))
                }
            case "tilted": feature.isTilted = try integer() != 0
            default: try reader.skipElement()
            }
        }
        return feature
    }

    private func area(_ values: [Double], count: Int) throws(FileError) -> Cascade.Area {
        guard values.count == count else {
            throw reader.damaged("a rectangle has \(values.count) numbers, not \(count)")
        }
        return Cascade.Area(
            x: try integer(values[0]), y: try integer(values[1]), width: try integer(values[2]),
            height: try integer(values[3]))
    }
}

extension CascadeFile {
    /// The element's numbers; leaves the element.
    mutating func numbers() throws(FileError) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(5)
        while let value = try reader.nextNumber() { values.append(value) }
        return values
    }

    /// The element's only number; leaves the element.
    mutating func number() throws(FileError) -> Double {
        guard let value = try reader.nextNumber(), try reader.nextNumber() == nil else {
            throw reader.damaged("there should be one number")
        }
        return value
    }

    /// The element's only number, which is an integer; leaves the element.
    mutating func integer() throws(FileError) -> Int {
        try integer(try number())
    }

    func integer(_ value: Double) throws(FileError) -> Int {
        guard let integer = Int(exactly: value) else {
            throw reader.damaged("\(value) should be an integer")
        }
        return integer
    }
}
