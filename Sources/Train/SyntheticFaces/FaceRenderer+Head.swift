import Kernels

extension FaceRenderer {
    private var identity: FaceIdentity { face.identity }

    private var chin: Float { 1.22 + identity.chinDrop + face.action.jawDrop }

    /// The outline of the skull, grown by a margin: a half ellipse above the cheeks, a jaw of the
    /// face's own width below.
    func headOutline(grownBy margin: Float = 0) -> [Point] {
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
        drawBeard()
    }

    private func drawBeard() {
        guard let beard = identity.beard else { return }
        let jaw = curve(13) { u in
            Point(
                u * identity.faceWidth * (1 - 0.25 * (1 - u * u) * (1 - identity.jawWidth)),
                0.25 + (chin - 0.25) * (1 - u * u).squareRoot())
        }
        let inner = curve(13) { u in
            Point(-u * 0.66, 0.3 + (chin - 0.62) * (1 - u * u).squareRoot())
        }
        fill(outline: jaw + inner, paint(identity.skin * beard, opacity: 0.8, softness: 2.5))
    }
}
