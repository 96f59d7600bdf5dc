import Imaging
import Tensor

/// Everything that a drawn face depends on: who it is, what it does, and how it is seen.
///
/// Lengths are in half-widths of a face, gray levels 0 (black)...1 (white), angles in radians.
struct FaceParameters {
    var identity: FaceIdentity
    var action: FacialAction
    var pose: FacePose
    var scene: FaceScene
}

extension FaceParameters {
    /// Draws a face that shows an expression.
    init(_ expression: Expression, using random: inout RandomSource) {
        identity = FaceIdentity(using: &random)
        action = FacialAction(expression, using: &random)
        pose = FacePose(using: &random)
        scene = FaceScene(using: &random)
    }
}

/// What stays the same when a face moves.
struct FaceIdentity {
    enum HairStyle: CaseIterable {
        case bald, short, parted, bangs, long, curly
    }

    /// The width of the skull and of the jaw, as fractions of the nominal one.
    var faceWidth: Float
    var jawWidth: Float
    /// How far chin and eyes lie below their nominal places.
    var chinDrop: Float
    var eyeDrop: Float
    var eyeDistance: Float
    var eyeWidth: Float
    var browHeight: Float
    var browThickness: Float
    var noseLength: Float
    var noseWidth: Float
    var mouthDrop: Float
    var skin: Float
    var hair: Float
    var iris: Float
    var hairStyle: HairStyle
    var hairline: Float
    /// The gray level of the stubble or beard's shade, or nil without one.
    var beard: Float?
    /// The half-height of the frames, or nil without glasses.
    var glasses: Float?

    init(using random: inout RandomSource) {
        faceWidth = random.number(in: 0.86...1.02)
        jawWidth = random.number(in: 0.68...1.0)
        chinDrop = random.number(within: 0.07)
        eyeDrop = random.number(within: 0.03)
        eyeDistance = random.number(in: 0.4...0.46)
        eyeWidth = random.number(in: 0.21...0.26)
        browHeight = random.number(in: 0.25...0.31)
        browThickness = random.number(in: 0.07...0.1)
        noseLength = random.number(in: 0.4...0.5)
        noseWidth = random.number(in: 0.13...0.19)
        mouthDrop = random.number(within: 0.04)
        skin = random.number(in: 0.52...0.88)
        // Hair is dark, or gray and blond where that tells it from the skin.
        hair = random.happens(0.7) ? random.number(in: 0.04...0.2) : random.number(in: 0.25...0.6)
        if abs(hair - skin) < 0.15 { hair = skin - 0.2 }
        iris = random.number(in: 0.05...0.3)
        hairStyle = HairStyle.allCases[random.integer(below: HairStyle.allCases.count)]
        hairline = random.number(in: -0.98 ... -0.8)
        beard = random.happens(0.15) ? random.number(in: 0.25...0.6) : nil
        glasses = random.happens(0.2) ? random.number(in: 0.2...0.27) : nil
    }

    /// The gray level of lines, brows and lashes on this skin.
    var ink: Float { min(skin * 0.3, 0.2) }
}

/// How the face stands in the picture.
struct FacePose {
    /// The pixels of half a face's width, in a picture of 48.
    var size: Float
    /// The offset from the picture's middle in pixels.
    var shift: SIMD2<Float>
    /// The head's angles: clockwise in the picture, to the side, and up or down.
    var tilt: Float
    var turn: Float
    var nod: Float

    init(using random: inout RandomSource) {
        size = random.number(in: 17.5...20)
        shift = SIMD2(random.number(within: 1.2), random.number(within: 1.2))
        tilt = random.number(within: 0.12)
        turn = random.number(within: 0.18)
        nod = random.number(within: 0.05)
    }
}

/// What surrounds the face and how the camera sees it.
struct FaceScene {
    var background: Float
    /// A second gray level, and how far to the right of the left border it lies, 0...1.
    var backgroundEdge: Float
    var backgroundPlace: Float
    var clothes: Float
    /// The direction from which the light comes, and by which fraction it differs across a face.
    var lightAngle: Float
    var lightStrength: Float
    var contrast: Float
    var brightness: Float
    var noise: Float
    /// The width of a crisp edge in pixels.
    var focus: Float

    init(using random: inout RandomSource) {
        background = random.number(in: 0.2...0.8)
        backgroundEdge = random.number(in: 0.2...0.8)
        backgroundPlace = random.number(in: 0...1)
        clothes = random.number(in: 0.1...0.8)
        lightAngle = random.number(within: .pi)
        lightStrength = random.number(in: 0...0.28)
        contrast = random.number(in: 0.95...1.25)
        brightness = random.number(within: 0.05)
        noise = random.number(in: 0.005...0.03)
        focus = random.number(in: 1...1.8)
    }
}
