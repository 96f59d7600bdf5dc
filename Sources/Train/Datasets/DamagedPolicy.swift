/// What happens when a data set holds a picture or row that cannot be used.
public enum DamagedPolicy: Hashable, Sendable {
    /// Loading fails, with an error that names it.
    case fail
    /// It is left out, and listed.
    case skip
}
