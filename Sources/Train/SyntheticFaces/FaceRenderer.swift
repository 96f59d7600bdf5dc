import Kernels

/// Draws a face: turns points in half-widths of a face into pixels, and shapes into paint.
///
/// The origin lies between eyes and nose, `x` to the right, `y` down; the skull ends at y = -1.2,
/// the chin at y = 1.25.
struct FaceRenderer {
    typealias Point = SIMD2<Float>

    let face: FaceParameters
    let canvas: Canvas
    private let tilt: Rotation

    init(_ face: FaceParameters, on canvas: Canvas) {
        self.face = face
        self.canvas = canvas
        tilt = Rotation(radians: face.pose.tilt)
    }

    /// Draws everything from back to front.
    func draw() {
        drawBackground()
        drawHairBehind()
        drawBody()
        drawHead()
        drawFolds()
        drawNose()
        for side: Float in [-1, 1] {
            drawEye(side)
        }
        drawMouth()
        drawHairInFront()
        for side: Float in [-1, 1] {
            drawBrow(side)
        }
        drawGlasses()
    }

    /// The light and the camera, in pixels.
    var exposure: Canvas.Exposure {
        let scene = face.scene
        let direction = Rotation(radians: scene.lightAngle).direction
        return Canvas.Exposure(
            gradient: direction * (scene.lightStrength / face.pose.size),
            center: pixel(outline: .zero),
            contrast: scene.contrast, brightness: scene.brightness, noise: scene.noise)
    }
}

// MARK: - From face to picture

extension FaceRenderer {
    /// The pixel of a point on the outline of the head, which turning does not move.
    func pixel(outline point: Point) -> Point {
        let middle = Point(Float(canvas.width), Float(canvas.height)) / 2
        return middle + face.pose.shift + tilt.turning(point) * face.pose.size
    }

    /// The pixel of a point on the front of the head, an upright cylinder that turns and nods.
    func pixel(_ point: Point) -> Point {
        let radius: Float = 1.1
        let across = min(max(point.x / radius, -1), 1)
        let front = (1 - across * across).squareRoot()
        let turn = Rotation(radians: face.pose.turn)
        return pixel(
            outline: Point(radius * turn.turning([front, across]).y, point.y + face.pose.nod))
    }

    func paint(_ level: Float, opacity: Float = 1, softness: Float = 1) -> Canvas.Paint {
        Canvas.Paint(level, opacity: opacity, softness: softness * face.scene.focus)
    }

    func fill(_ points: [Point], _ paint: Canvas.Paint) {
        points.map { pixel($0) }.withUnsafeBufferPointer { canvas.fill($0, with: paint) }
    }

    func fill(outline points: [Point], _ paint: Canvas.Paint) {
        points.map { pixel(outline: $0) }.withUnsafeBufferPointer { canvas.fill($0, with: paint) }
    }

    func stroke(
        _ points: [Point], width: Float, to end: Float? = nil, _ paint: Canvas.Paint
    ) {
        let half = width * face.pose.size / 2
        points.map { pixel($0) }.withUnsafeBufferPointer {
            canvas.stroke($0, from: half, to: (end ?? width) * face.pose.size / 2, with: paint)
        }
    }

    func ellipse(
        _ center: Point, _ radii: Point, angle: Float = 0, inside clip: [Point]? = nil,
        _ paint: Canvas.Paint
    ) {
        let shape = Canvas.Ellipse(
            center: pixel(center), radii: radii * face.pose.size, angle: angle + face.pose.tilt)
        guard let clip else { return canvas.fill(shape, with: paint) }
        clip.map { pixel($0) }.withUnsafeBufferPointer {
            canvas.fill(shape, inside: $0, with: paint)
        }
    }

    func ellipse(outline center: Point, _ radii: Point, _ paint: Canvas.Paint) {
        canvas.fill(
            Canvas.Ellipse(
                center: pixel(outline: center), radii: radii * face.pose.size,
                angle: face.pose.tilt),
            with: paint)
    }

    /// Points of a curve for `count` values of `u` from -1 to 1.
    func curve(_ count: Int = 9, _ point: (_ u: Float) -> Point) -> [Point] {
        (0..<count).map { point(Float($0) / Float(count - 1) * 2 - 1) }
    }
}
