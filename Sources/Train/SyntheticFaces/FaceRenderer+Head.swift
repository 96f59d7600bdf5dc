import Kernels

extension FaceRenderer {
    private var identity: FaceIdentity { face.identity }

    private var chin: Float { 1.22 + identity.chinDrop + face.action.jawDrop }

    /// The outline of the skull, grown by a margin: a half ellipse above the cheeks, a jaw of the
    /// face's own width below.
    private func headOutline(grownBy margin: Float = 0) -> [Point] {
        (0..<32).map { step in
            let direction = Rotation(radians: Float(step) / 32 * 2 * .pi).direction
            let jaw = 1 + (identity.jawWidth - 1) * max(direction.y, 0)
            let height = direction.y > 0 ? chin : 1.2
            return direction * Point(identity.faceWidth * jaw + margin, height + margin)
        }
    }

    /// A background whose halves differ, so that no border always means the same.
    func drawBackground() {
        let scene = face.scene
        let (width, height) = (Float(canvas.width), Float(canvas.height))
        let middle = Canvas.Ellipse(
            center: Point(width, height) / 2, radii: Point(width, height) * 2)
        canvas.fill(middle, with: Canvas.Paint(scene.background))
        let edge = Canvas.Ellipse(
            center: Point(width * scene.backgroundPlace, height * 0.3),
            radii: Point(width * 0.5, height * 0.8))
        canvas.fill(
            edge, with: Canvas.Paint(scene.backgroundEdge, opacity: 0.7, softness: width / 2))
    }

    func drawBody() {
        fill(
            outline: [Point(-0.42, 0.7), Point(0.42, 0.7), Point(0.5, 2.2), Point(-0.5, 2.2)],
            paint(identity.skin * 0.72))
        fill(
            outline: [
                Point(-0.5, 1.5), Point(0, 1.72), Point(0.5, 1.5), Point(1.7, 1.85),
                Point(1.9, 2.6), Point(-1.9, 2.6), Point(-1.7, 1.85),
            ], paint(face.scene.clothes))
    }

    func drawHead() {
        let skin = identity.skin
        for side: Float in [-1, 1] {
            ellipse(
                outline: Point(side * (identity.faceWidth + 0.02), 0.02), Point(0.13, 0.24),
                paint(skin * 0.8))
        }
        // The rim of the head turns away from the light: darker than its middle.
        fill(outline: headOutline(), paint(skin * 0.8))
        ellipse(
            Point(0, 0.02), Point(identity.faceWidth * 0.86, 1.08),
            paint(skin, opacity: 0.9, softness: 0.4 * face.pose.size))
        for side: Float in [-1, 1] {
            ellipse(
                Point(side * 0.45, 0.3), Point(0.22, 0.16),
                paint(min(skin * 1.12, 1), opacity: 0.5, softness: 4))
        }
        if let beard = identity.beard {
            let jaw = curve(13) { u in
                Point(
                    u * identity.faceWidth * (1 - 0.25 * (1 - u * u) * (1 - identity.jawWidth)),
                    0.25 + (chin - 0.25) * (1 - u * u).squareRoot())
            }
            let inner = curve(13) { u in
                Point(-u * 0.66, 0.3 + (chin - 0.62) * (1 - u * u).squareRoot())
            }
            fill(outline: jaw + inner, paint(skin * beard, opacity: 0.8, softness: 2.5))
        }
    }

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

    func drawHairInFront() {
        guard identity.hairStyle != .bald else { return }
        let crown = headOutline(grownBy: 0.06).filter { $0.y < -0.25 }
        let width = identity.faceWidth
        let line = identity.hairline
        let fringe: [Point] =
            switch identity.hairStyle {
            case .bald: []
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
        // The crown runs clockwise from the left temple over the top to the right one.
        fill(outline: crown + fringe, paint(identity.hair))
        ellipse(
            outline: Point(-0.3, -1.12), Point(0.3, 0.08),
            paint(min(identity.hair + 0.2, 1), opacity: 0.5, softness: 3))
    }

    func drawGlasses() {
        guard let half = identity.glasses else { return }
        let frame = paint(identity.ink, opacity: 0.85)
        let middle = -0.2 + identity.eyeDrop
        for side: Float in [-1, 1] {
            let center = Point(side * (identity.eyeDistance + 0.01), middle + 0.03)
            let rim = (0...16).map { step in
                center + Rotation(radians: Float(step) / 16 * 2 * .pi).direction * Point(0.33, half)
            }
            stroke(rim, width: 0.055, frame)
            stroke(
                [center + Point(side * 0.33, -0.05), Point(side * 0.95, middle - 0.06)],
                width: 0.05, frame)
        }
        stroke([Point(-0.1, middle), Point(0.1, middle)], width: 0.055, frame)
    }
}
