/// The length of each axis of an array, outermost first: `[batch, height, width, channels]`.
public struct Shape: Hashable, Sendable {
    /// The length of each axis.
    public let dimensions: [Int]

    /// Creates a shape; `[]` is the shape of a scalar.
    ///
    /// - Precondition: No length is negative.
    public init(_ dimensions: [Int]) {
        require(
            dimensions.allSatisfy { $0 >= 0 },
            "a shape has no negative lengths: \(dimensions)")
        self.dimensions = dimensions
    }

    /// The number of axes.
    public var rank: Int { dimensions.count }

    /// The number of elements of an array of this shape; 1 for a scalar.
    public var elementCount: Int { dimensions.reduce(1, *) }
}

extension Shape: ExpressibleByArrayLiteral {
    /// Creates a shape from a literal such as `[64, 48, 48, 1]`.
    public init(arrayLiteral elements: Int...) {
        self.init(elements)
    }
}

extension Shape: RandomAccessCollection {
    /// The first axis.
    public var startIndex: Int { 0 }
    /// The position after the last axis.
    public var endIndex: Int { dimensions.count }
    /// The length of one axis.
    public subscript(axis: Int) -> Int { dimensions[axis] }
}

extension Shape: Codable {
    /// Decodes a shape from an array of lengths.
    public init(from decoder: any Decoder) throws {
        let dimensions = try decoder.singleValueContainer().decode([Int].self)
        guard dimensions.allSatisfy({ $0 >= 0 }) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a shape has no negative lengths: \(dimensions)"))
        }
        self.init(dimensions)
    }

    /// Encodes the shape as an array of lengths.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(dimensions)
    }
}

extension Shape: CustomStringConvertible {
    /// The lengths as in source: `[64, 48, 48, 1]`.
    public var description: String { dimensions.description }
}
