public import Imaging
import Train

/// A gray picture with drawn faces in known places.
public struct DrawnScene {
    /// The picture so far, grayscale.
    public private(set) var image: Image
    /// The squares that show faces.
    public private(set) var places: [Rectangle] = []

    /// Creates a scene without faces.
    public init(width: Int = 640, height: Int = 480, gray: UInt8 = 128) {
        image = Image(width: width, height: height, filledWith: gray)
    }

    /// Draws a face.
    ///
    /// - Parameters:
    ///   - number: Which of all drawn faces; it shows `Expression.allCases[number % 7]`.
    ///   - x: The left edge of its square.
    ///   - y: The upper edge of its square.
    ///   - side: The side of its square.
    public mutating func addFace(_ number: Int, x: Int, y: Int, side: Int) {
        let face = SyntheticFaces.dataset(count: 1, seed: 42, startingAt: number).image(at: 0)
            .resized(height: side, width: side)
        for row in 0..<side {
            let start = (y + row) * image.width + x
            image.samples.replaceSubrange(
                start..<start + side, with: face.samples[row * side..<(row + 1) * side])
        }
        places.append(
            Rectangle(x: Double(x), y: Double(y), width: Double(side), height: Double(side)))
    }

    /// A scene with one face, number `number`, of 180 pixels.
    public static func portrait(of number: Int = 0) -> DrawnScene {
        var scene = DrawnScene()
        scene.addFace(number, x: 220, y: 140, side: 180)
        return scene
    }
}
