/// What selects positions on one axis in a subscript: an integer or a range of integers.
///
/// `0...` selects the whole axis. An integer also removes the axis from the result.
public protocol AxisIndex {
    /// The positions selected on an axis of a given length; they may lie outside of it.
    func selection(onAxisOfLength length: Int) -> AxisSelection
}

/// Neighboring positions on one axis.
public struct AxisSelection: Hashable, Sendable {
    /// The first position.
    public var lowerBound: Int
    /// The position after the last one.
    public var upperBound: Int
    /// Whether the axis stays in the result.
    public var keepsAxis: Bool

    /// Creates a selection of the positions from `lowerBound` up to, but not including,
    /// `upperBound`.
    public init(from lowerBound: Int, upTo upperBound: Int, keepsAxis: Bool = true) {
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.keepsAxis = keepsAxis
    }
}

extension Int: AxisIndex {
    /// One position; the axis is removed.
    public func selection(onAxisOfLength length: Int) -> AxisSelection {
        AxisSelection(from: self, upTo: self + 1, keepsAxis: false)
    }
}

extension Range<Int>: AxisIndex {
    /// The positions in the range.
    public func selection(onAxisOfLength length: Int) -> AxisSelection {
        AxisSelection(from: lowerBound, upTo: upperBound)
    }
}

extension ClosedRange<Int>: AxisIndex {
    /// The positions in the range.
    public func selection(onAxisOfLength length: Int) -> AxisSelection {
        AxisSelection(from: lowerBound, upTo: upperBound + 1)
    }
}

extension PartialRangeFrom<Int>: AxisIndex {
    /// The positions from the bound to the end of the axis.
    public func selection(onAxisOfLength length: Int) -> AxisSelection {
        AxisSelection(from: lowerBound, upTo: length)
    }
}

extension PartialRangeUpTo<Int>: AxisIndex {
    /// The positions before the bound.
    public func selection(onAxisOfLength length: Int) -> AxisSelection {
        AxisSelection(from: 0, upTo: upperBound)
    }
}

extension PartialRangeThrough<Int>: AxisIndex {
    /// The positions up to the bound and the bound itself.
    public func selection(onAxisOfLength length: Int) -> AxisSelection {
        AxisSelection(from: 0, upTo: upperBound + 1)
    }
}
