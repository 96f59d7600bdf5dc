import Imaging

extension EmotionRegion {
    /// The color of the region's songs on a light background.
    var color: Color {
        switch self {
        case .happy: Color(0xF0A030)
        case .angry: Color(0xD9534F)
        case .sad: Color(0x4A78B0)
        case .calm: Color(0x4FA58E)
        }
    }
}
