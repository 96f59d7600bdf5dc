import Kernels

extension FaceRenderer {
    private var identity: FaceIdentity { face.identity }

    /// The hair that the head covers in part.
    func drawHairBehind() {
        let level = paint(identity.hair)
        switch identity.hairStyle {
        case .bald: break
        case .short, .parted, .bangs:
            fill(outline: headOutline(grownBy: 0.12).filter { $0.y < 0 }, level)
        case .long:
            let crown = headOutline(grownBy: 0.2).filter { $0.y <= 0.001 }
            fill(outline: crown + [Point(1.3, 1.7), Point(-1.3, 1.7)], level)
        case .curly:
            for step in 0..<9 {
                let direction = Rotation(radians: .pi * (1 + Float(step) / 8)).direction
                ellipse(
                    outline: direction * Point(identity.faceWidth + 0.06, 1.12) + Point(0, 0.05),
                    Point(0.34, 0.32), level)
            }
        }
    }

    /// The hair that covers the head, and a gleam on it.
    func drawHairInFront() {
        guard let fringe else { return }
        // The crown runs clockwise from the left temple over the top to the right one.
        let crown = headOutline(grownBy: 0.06).filter { $0.y < -0.25 }
        fill(outline: crown + fringe, paint(identity.hair))
        ellipse(
            outline: Point(-0.3, -1.12), Point(0.3, 0.08),
            paint(min(identity.hair + 0.2, 1), opacity: 0.5, softness: 3))
    }

    /// The lower edge of the hair on the forehead, from the right temple to the left one.
    private var fringe: [Point]? {
        let width = identity.faceWidth
        let line = identity.hairline
        return switch identity.hairStyle {
        case .bald: nil
        case .short, .curly:
            [
                Point(width * 0.9, -0.35), Point(width * 0.74, line + 0.12), Point(0, line),
                Point(-width * 0.74, line + 0.12), Point(-width * 0.9, -0.35),
            ]
        case .parted:
            [
                Point(width * 0.92, -0.3), Point(width * 0.8, -0.6), Point(0.3, line - 0.1),
                Point(-width * 0.72, line + 0.3), Point(-width * 0.92, -0.3),
            ]
        case .bangs:
            [
                Point(width * 0.94, -0.3), Point(width * 0.8, -0.74), Point(0.3, -0.78),
                Point(-0.3, -0.74), Point(-width * 0.8, -0.76), Point(-width * 0.94, -0.3),
            ]
        case .long:
            [
                Point(width, 0.3), Point(width * 0.82, -0.4), Point(0.05, line - 0.12),
                Point(-width * 0.82, -0.4), Point(-width, 0.3),
            ]
        }
    }
}
