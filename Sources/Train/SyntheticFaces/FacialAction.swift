import Imaging
import Tensor

/// How the parts of a face move: the action units of the Facial Action Coding System that a
/// drawing of 48 pixels can show (Ekman and Friesen, 1978; which expression uses which follows
/// their "EMFACS").
///
/// Lengths are in half-widths of a face. Without changes it is a face at rest.
struct FacialAction {
    /// How far the inner, middle and outer part of the brows are raised.
    var innerBrowRaise: Float = 0
    var middleBrowRaise: Float = 0
    var outerBrowRaise: Float = 0
    /// How far the brows are drawn together.
    var browGather: Float = 0
    /// How strong the folds between the brows and across the forehead are, 0...1.
    var frown: Float = 0
    var foreheadFolds: Float = 0
    /// Half the height of the open eyes, above and below their middle.
    var upperLid: Float = 0.11
    var lowerLid: Float = 0.085
    /// How far the outer corners of the eyes hang.
    var eyeDroop: Float = 0
    /// How strong the folds across the bridge of the nose and from nose to mouth are, 0...1.
    var noseWrinkle: Float = 0
    var cheekFold: Float = 0
    /// Half the width of the mouth.
    var mouthWidth: Float = 0.37
    /// How far the corners of the mouth, the middle of its upper and of its lower edge are raised.
    var mouthCorner: Float = 0
    var upperLip: Float = 0
    var lowerLip: Float = 0
    /// 1: the open mouth is as round as an ellipse; 0: it is pointed.
    var mouthRoundness: Float = 0
    /// How thick the lips are; pressed lips are thin.
    var lipThickness: Float = 0.075
    /// How much of the open mouth the upper and the lower teeth fill, 0...1.
    var upperTeeth: Float = 0
    var lowerTeeth: Float = 0
    /// How far the jaw has dropped.
    var jawDrop: Float = 0

    /// Draws an action that shows an expression, in one of the ways in which people show it.
    init(_ expression: Expression, using random: inout RandomSource) {
        let strength = random.number(in: 0.85...1.2)
        switch expression {
        case .neutral: break
        case .happy: smile(strength, showsTeeth: random.happens(0.7))
        case .sad: grieve(strength)
        case .angry: rage(strength, showsTeeth: random.happens(0.3))
        case .disgust: recoil(strength)
        case .fear: dread(strength)
        case .surprise: marvel(strength)
        }
        vary(using: &random)
    }

    private mutating func smile(_ strength: Float, showsTeeth: Bool) {
        mouthWidth += 0.16 * strength
        mouthCorner = 0.19 * strength
        lowerLid -= 0.06 * strength
        upperLid -= 0.02 * strength
        cheekFold = 0.8 * strength
        middleBrowRaise = 0.03
        if showsTeeth {
            upperLip = 0.02
            lowerLip = -0.24 * strength
            upperTeeth = 0.7
        } else {
            mouthWidth += 0.04 * strength
            upperLip = -0.09 * strength
            lowerLip = -0.09 * strength
        }
    }

    private mutating func grieve(_ strength: Float) {
        innerBrowRaise = 0.17 * strength
        middleBrowRaise = 0.01
        outerBrowRaise = -0.12 * strength
        browGather = 0.05 * strength
        upperLid -= 0.035 * strength
        eyeDroop = 0.07 * strength
        mouthWidth -= 0.02
        mouthCorner = -0.19 * strength
        upperLip = 0.03 * strength
        lowerLip = 0.03 * strength
        foreheadFolds = 0.2
    }

    private mutating func rage(_ strength: Float, showsTeeth: Bool) {
        innerBrowRaise = -0.18 * strength
        middleBrowRaise = -0.09 * strength
        outerBrowRaise = 0.09 * strength
        browGather = 0.09 * strength
        frown = strength
        upperLid -= 0.02 * strength
        lowerLid -= 0.02 * strength
        eyeDroop = -0.05 * strength
        if showsTeeth {
            mouthCorner = -0.04
            upperLip = 0.08 * strength
            lowerLip = -0.12 * strength
            mouthRoundness = 0.8
            upperTeeth = 0.5
            lowerTeeth = 0.5
            cheekFold = 0.4
        } else {
            mouthWidth -= 0.05 * strength
            mouthCorner = -0.05 * strength
            lipThickness *= 0.45
        }
    }

    private mutating func recoil(_ strength: Float) {
        innerBrowRaise = -0.06 * strength
        middleBrowRaise = -0.05 * strength
        outerBrowRaise = -0.05 * strength
        browGather = 0.04 * strength
        upperLid -= 0.05 * strength
        lowerLid -= 0.045 * strength
        noseWrinkle = strength
        cheekFold = strength
        mouthCorner = -0.12 * strength
        mouthWidth += 0.05 * strength
        upperLip = 0.17 * strength
        lowerLip = 0
        upperTeeth = 0.75
        mouthRoundness = 0.3
    }

    private mutating func dread(_ strength: Float) {
        innerBrowRaise = 0.24 * strength
        middleBrowRaise = 0.13 * strength
        outerBrowRaise = 0.04
        browGather = 0.09 * strength
        foreheadFolds = 0.6 * strength
        upperLid += 0.08 * strength
        lowerLid += 0.03 * strength
        mouthWidth += 0.13 * strength
        mouthCorner = -0.11 * strength
        upperLip = 0.04 * strength
        lowerLip = -0.22 * strength
        mouthRoundness = 0.75
        upperTeeth = 0.2
        lowerTeeth = 0.5
    }

    private mutating func marvel(_ strength: Float) {
        innerBrowRaise = 0.19 * strength
        middleBrowRaise = 0.27 * strength
        outerBrowRaise = 0.2 * strength
        foreheadFolds = 0.7 * strength
        upperLid += 0.08 * strength
        lowerLid += 0.03 * strength
        mouthWidth = 0.26
        upperLip = 0.16 * strength
        lowerLip = -0.26 * strength
        mouthRoundness = 1
        jawDrop = 0.1 * strength
    }

    /// Adds the small differences from one showing to the next.
    private mutating func vary(using random: inout RandomSource) {
        innerBrowRaise += random.number(within: 0.025)
        middleBrowRaise += random.number(within: 0.02)
        outerBrowRaise += random.number(within: 0.025)
        upperLid = max(upperLid + random.number(within: 0.015), 0.015)
        lowerLid = max(lowerLid + random.number(within: 0.012), 0.01)
        mouthWidth *= random.number(in: 0.92...1.08)
        mouthCorner += random.number(within: 0.02)
        upperLip += random.number(within: 0.01)
        lowerLip += random.number(within: 0.01)
        lipThickness *= random.number(in: 0.75...1.3)
    }
}
