/// How the pixels of a file are to be turned for people to see them upright, by the numbers of EXIF.
public enum ImageOrientation: Int, Hashable, Sendable, CaseIterable {
    /// As they are.
    case upright = 1
    /// Left and right exchanged.
    case mirrored
    /// Turned by a half.
    case upsideDown
    /// Top and bottom exchanged.
    case flipped
    /// Rows and columns exchanged.
    case transposed
    /// Turned by a quarter, clockwise.
    case turnedRight
    /// Rows and columns exchanged, then turned by a half.
    case transversed
    /// Turned by a quarter, counterclockwise.
    case turnedLeft

    /// Whether rows become columns.
    var exchangesSides: Bool { rawValue >= ImageOrientation.transposed.rawValue }
}
