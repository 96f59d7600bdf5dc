import Kernels

/// The views of a picture whose probabilities are averaged when a network is evaluated.
public enum TestTimeAugmentation: String, Codable, CaseIterable, Sendable {
    /// The picture as it is.
    case none
    /// The picture and its mirror image.
    case flip
    /// The four corners and the middle of the picture, 11/12 of its sides each, brought to its size
    /// again, and their mirror images.
    case tenCrop = "ten-crop"
}

extension TestTimeAugmentation {
    /// The views of pictures, `[height, width, channels]`; nil is the picture as it is.
    func views(height: Int, width: Int, channels: Int) -> [PictureWarp?] {
        let size = SIMD2(Float(width), Float(height))
        func view(ofPart part: Float, at corner: SIMD2<Float>, isMirrored: Bool) -> PictureWarp {
            var warp = PictureWarp(height: height, width: width, channels: channels)
            warp.columnStep = [isMirrored ? -part : part, 0]
            warp.rowStep = [0, part]
            warp.origin = corner * size * (1 - part) / 2
            return warp
        }
        switch self {
        case .none:
            return [nil]
        case .flip:
            return [nil, view(ofPart: 1, at: .zero, isMirrored: true)]
        case .tenCrop:
            let corners: [SIMD2<Float>] = [[0, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]]
            return corners.flatMap { corner in
                [false, true].map { view(ofPart: 11 / 12, at: corner, isMirrored: $0) }
            }
        }
    }
}
