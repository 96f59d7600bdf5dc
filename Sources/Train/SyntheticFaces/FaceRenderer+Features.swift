import Kernels

extension FaceRenderer {
    private var identity: FaceIdentity { face.identity }
    private var action: FacialAction { face.action }

    private var eyeHeight: Float { -0.2 + identity.eyeDrop }

    /// One eye; `side` is -1 for the one on the left of the picture and 1 for the other.
    func drawEye(_ side: Float) {
        let center = Point(side * identity.eyeDistance, eyeHeight)
        // u is -1 at the inner corner and 1 at the outer one.
        func lid(_ height: Float) -> [Point] {
            curve { u in
                center
                    + Point(
                        side * u * identity.eyeWidth, u * action.eyeDroop - height * (1 - u * u))
            }
        }
        let upper = lid(action.upperLid)
        let lower = lid(-action.lowerLid)
        let opening = upper + lower.reversed()
        ellipse(
            center, Point(0.32, 0.22), paint(identity.skin * 0.7, opacity: 0.5, softness: 4))
        fill(opening, paint(min(identity.skin + 0.35, 0.97)))
        let iris = center + Point(0, (action.lowerLid - action.upperLid) / 4)
        ellipse(
            iris, Point(0.115, 0.115), inside: opening, paint(identity.iris))
        stroke(upper, width: 0.065, paint(identity.ink))
        stroke(lower, width: 0.03, paint(identity.ink, opacity: 0.5))
    }

    func drawBrow(_ side: Float) {
        let height = eyeHeight - identity.browHeight
        let inner = Point(0.17 - action.browGather, height - action.innerBrowRaise)
        let middle = Point(
            identity.eyeDistance + 0.02 - action.browGather / 2,
            height - 0.05 - action.middleBrowRaise)
        let outer = Point(
            identity.eyeDistance + identity.eyeWidth + 0.04,
            height + 0.02 - action.outerBrowRaise)
        // The parabola that passes through the three points at u = -1, 0 and 1.
        let brow = curve { u in
            let point =
                middle + (outer - inner) * (u / 2)
                + ((inner + outer) / 2 - middle) * (u * u)
            return Point(side * point.x, point.y)
        }
        let level = identity.hairStyle == .bald ? identity.ink : min(identity.hair, identity.ink)
        stroke(
            brow, width: identity.browThickness * 1.5, to: identity.browThickness, paint(level))
    }

    func drawNose() {
        let tip = eyeHeight + identity.noseLength - 0.05 * action.noseWrinkle
        let width = identity.noseWidth * (1 + 0.25 * action.noseWrinkle)
        let shadow = identity.skin * 0.6
        let side: Float = abs(face.scene.lightAngle) < .pi / 2 ? -1 : 1
        stroke(
            [Point(side * 0.08, eyeHeight + 0.05), Point(side * 0.12, tip - 0.1)],
            width: 0.06, to: 0.1, paint(shadow, opacity: 0.45, softness: 2.5))
        ellipse(
            Point(0, tip - 0.05), Point(0.08, 0.2),
            paint(min(identity.skin * 1.15, 1), opacity: 0.5, softness: 3))
        for side: Float in [-1, 1] {
            ellipse(
                Point(side * width * 0.55, tip + 0.05), Point(0.06, 0.035),
                paint(identity.ink, opacity: 0.75, softness: 1.3))
            stroke(
                [
                    Point(side * width * 0.9, tip - 0.08), Point(side * width * 1.15, tip),
                    Point(side * width * 0.95, tip + 0.06),
                ], width: 0.03, paint(shadow, opacity: 0.7, softness: 1.3))
        }
    }

    /// The creases that an expression leaves in the skin.
    func drawFolds() {
        let dark = identity.skin * 0.45
        if action.foreheadFolds > 0 {
            for height: Float in [-0.82, -0.7] {
                let fold = curve { u in Point(0.38 * u, height - 0.03 * (1 - u * u)) }
                stroke(
                    fold, width: 0.03, paint(dark, opacity: min(action.foreheadFolds, 1) * 0.6))
            }
        }
        for side: Float in [-1, 1] {
            if action.frown > 0 {
                stroke(
                    [Point(side * 0.05, eyeHeight - 0.32), Point(side * 0.07, eyeHeight - 0.12)],
                    width: 0.04, paint(dark, opacity: min(action.frown, 1) * 0.8))
            }
            if action.cheekFold > 0 {
                let top = Point(identity.noseWidth + 0.04, eyeHeight + identity.noseLength - 0.06)
                let end = Point(action.mouthWidth + 0.1, mouthHeight - action.mouthCorner)
                let fold = curve { u in
                    let point = top + (end - top) * ((u + 1) / 2)
                    return Point(side * (point.x + 0.06 * (1 - u * u)), point.y)
                }
                stroke(
                    fold, width: 0.05,
                    paint(dark, opacity: min(action.cheekFold, 1) * 0.75, softness: 1.3))
            }
        }
        if action.noseWrinkle > 0 {
            for step: Float in [0, 1, 2] {
                let height = eyeHeight - 0.12 + step * 0.11
                let fold = curve { u in Point(0.14 * u, height - 0.06 * (1 - u * u)) }
                stroke(fold, width: 0.04, paint(dark, opacity: min(action.noseWrinkle, 1) * 0.9))
            }
        }
    }

    func drawGlasses() {
        guard let half = identity.glasses else { return }
        let frame = paint(identity.ink, opacity: 0.85)
        let middle = eyeHeight
        for side: Float in [-1, 1] {
            let center = Point(side * (identity.eyeDistance + 0.01), middle + 0.03)
            let rim = (0...16).map { step in
                let direction = Rotation(radians: Float(step) / 8 * .pi).direction
                return center + direction * Point(0.33, half)
            }
            stroke(rim, width: 0.055, frame)
            stroke(
                [center + Point(side * 0.33, -0.05), Point(side * 0.95, middle - 0.06)],
                width: 0.05, frame)
        }
        stroke([Point(-0.1, middle), Point(0.1, middle)], width: 0.055, frame)
    }
}
