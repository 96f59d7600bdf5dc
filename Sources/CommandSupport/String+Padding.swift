extension String {
    /// The text with spaces behind it, to stand in a column.
    public func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 0))
    }

    /// The text with spaces before it, to stand at the right of a column.
    public func leading(_ width: Int) -> String {
        String(repeating: " ", count: max(width - count, 0)) + self
    }
}
