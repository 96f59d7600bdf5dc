/// The views of a picture whose probabilities are averaged when a network is evaluated.
public enum TestTimeAugmentation: String, Codable, CaseIterable, Sendable {
    /// The picture as it is.
    case none
    /// The picture and its mirror image.
    case flip
}
