/// What a face crop shows around the box of a detector.
///
/// A network reads faces best in the frame in which it learned them, so the default is the frame of
/// FER-2013, as the Haar cascades for frontal faces see it.
///
/// It was measured on 1,500 pictures of FER-2013's training set, drawn at random, each enlarged 4
/// times and surrounded by 24 of its pixels of border on all sides. OpenCV 4 looked for faces
/// (`scaleFactor` 1.05, `minNeighbors` 3), and the largest box was compared with the picture:
///
/// | cascade | found | side of the box / 48 | its middle below that of the picture / 48 |
/// |---|---|---|---|
/// | `haarcascade_frontalface_default` | 1,278 | 0.990 (0.917 to 1.052) | -0.003 |
/// | `haarcascade_frontalface_alt2` | 1,264 | 0.974 (0.911 to 1.031) | -0.005 |
/// | `lbpcascade_frontalface_improved` | 1,199 | 0.661 (0.615 to 0.708) | 0.065 |
///
/// These are medians, with quartiles in parentheses, where the border repeats the outermost pixels; a
/// gray border moves none by more than 0.011. All boxes stand in the middle from left to right.
///
/// Of 1,393 faces of PublicTest in which `haarcascade_frontalface_alt2` finds one at all, the shipped
/// network reads 0.622 rightly in the whole picture, and around the box 0.606 with the default
/// margin, 0.598 with a scale of 1 or 1.1, and 0.576 with 0.9, 0.566 with 1.2.
public struct FaceMargin: Hashable, Codable, Sendable {
    /// The sides of the crop over those of the box.
    public var scale: Double
    /// How far the middle of the crop lies below that of the box, over the box's height.
    public var down: Double

    /// Describes a margin; without arguments the frame of FER-2013 around the boxes of
    /// `haarcascade_frontalface_default` and `haarcascade_frontalface_alt2`.
    public init(scale: Double = 1.02, down: Double = 0) {
        self.scale = scale
        self.down = down
    }

    /// The frame of FER-2013 around the boxes of `lbpcascade_frontalface_improved`, which are
    /// narrower and lie lower.
    public static let aroundLBP = FaceMargin(scale: 1.51, down: -0.1)

    /// The frame of FER-2013 around the boxes of a cascade that is known to need another margin than
    /// a network carries; nil for the others.
    ///
    /// - Parameter cascade: The name of its file.
    public init?(aroundBoxesOf cascade: String) {
        guard cascade == "lbpcascade_frontalface_improved.xml" else { return nil }
        self = .aroundLBP
    }

    /// The part of a picture that is cropped for a face.
    public func crop(around box: Rectangle) -> Rectangle {
        let (width, height) = (box.width * scale, box.height * scale)
        return Rectangle(
            x: box.center.x - width / 2, y: box.center.y + down * box.height - height / 2,
            width: width, height: height)
    }
}
