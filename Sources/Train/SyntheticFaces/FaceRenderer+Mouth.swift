extension FaceRenderer {
    private var identity: FaceIdentity { face.identity }
    private var action: FacialAction { face.action }

    /// Where the corners of a mouth at rest lie.
    var mouthHeight: Float { 0.66 + identity.mouthDrop + 0.5 * identity.chinDrop }

    func drawMouth() {
        let corner = mouthHeight - action.mouthCorner
        // The bow of an opening mouth: a parabola when pointed, half an ellipse when round.
        func bow(_ u: Float) -> Float {
            let parabola = 1 - u * u
            return parabola + (parabola.squareRoot() - parabola) * action.mouthRoundness
        }
        func edge(_ middle: Float, _ inset: Float = 1) -> [Point] {
            curve(13) { u in
                Point(
                    u * inset * action.mouthWidth,
                    corner + (mouthHeight + middle - corner) * bow(u * inset))
            }
        }
        let upper = edge(-action.upperLip)
        let lower = edge(-action.lowerLip)
        let lips =
            edge(-action.upperLip - action.lipThickness)
            + edge(-action.lowerLip + action.lipThickness * 1.2).reversed()
        ellipse(
            Point(0, mouthHeight - action.lowerLip + action.lipThickness * 1.2 + 0.1),
            Point(0.2, 0.05), paint(identity.skin * 0.6, opacity: 0.5, softness: 3))
        fill(lips, paint(identity.skin * 0.55, opacity: 0.9))

        let gap = action.upperLip - action.lowerLip
        guard gap > 0.05 else {
            stroke(edge(-(action.upperLip + action.lowerLip) / 2), width: 0.06, paint(identity.ink))
            return
        }
        fill(upper + lower.reversed(), paint(0.06))
        let teeth = paint(0.95)
        if action.upperTeeth > 0 {
            let end = edge(-action.upperLip + action.upperTeeth * gap, 0.9)
            fill(edge(-action.upperLip + 0.02, 0.9) + end.reversed(), teeth)
        }
        if action.lowerTeeth > 0 {
            let start = edge(-action.lowerLip - action.lowerTeeth * gap * 0.6, 0.85)
            fill(start + edge(-action.lowerLip - 0.02, 0.85).reversed(), teeth)
        }
        stroke(upper, width: 0.035, paint(identity.ink, opacity: 0.7))
    }
}
