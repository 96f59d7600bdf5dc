/// How many frames of a camera came to what end.
public struct CameraCounts: Hashable, Sendable {
    /// Those that `nextFrame` gave.
    public var delivered = 0
    /// Those that came while nobody asked, by the numbers that the driver gives them.
    public var missed = 0
    /// Those that were left out because they were cut short or damaged on the way.
    public var damaged = 0
}
