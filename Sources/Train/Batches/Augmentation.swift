import Tensor

/// How pictures are changed at random each time that a network sees them in training.
///
/// Every picture is flipped, turned, shifted and scaled in one bilinear step, then changed in
/// contrast and brightness; some are then blurred, made noisy, and erased in part. Beyond the edges a moved picture goes on with its
/// nearest pixels: a black border would tell the network how it was moved, and no photograph has
/// one. All amounts are drawn uniformly.
public struct Augmentation: Hashable, Codable, Sendable {
    /// The probability that left and right are exchanged.
    public var flipProbability: Float = 0
    /// The largest angle, in degrees, by which a picture is turned either way.
    public var rotation: Float = 0
    /// The largest distance, as a fraction of the side, by which a picture moves each way.
    public var shift: Float = 0
    /// The range of the factors by which a picture grows.
    public var scale: ClosedRange<Float> = 1...1
    /// The largest value, as a fraction of white, that is added to or taken from all samples.
    public var brightness: Float = 0
    /// The largest fraction by which the distance of samples from their mean grows or shrinks.
    public var contrast: Float = 0
    /// The probability that a picture is blurred.
    public var blurProbability: Float = 0
    /// The largest standard deviation of the blur, as a fraction of the width.
    public var blur: Float = 0.03
    /// The probability that noise is added to a picture.
    public var noiseProbability: Float = 0
    /// The largest standard deviation of the noise, as a fraction of white.
    public var noise: Float = 0.1
    /// The probability that noise takes the place of a rectangle of the picture (Zhong et al.,
    /// "Random erasing data augmentation", 2017).
    public var erasingProbability: Float = 0
    /// The range of the rectangle's area, as a fraction of the picture's.
    public var erasedArea: ClosedRange<Float> = 0.02...0.25
    /// The α of the distribution Beta(α, α) from which the shares of mixed pictures are drawn
    /// (Zhang et al., "mixup: beyond empirical risk minimization", 2018), 0.01 to 4; 0 mixes none.
    public var mixup: Float = 0

    /// Creates an augmentation that changes nothing.
    public init() {}
}

extension Augmentation {
    /// Pictures as they are.
    public static let none = Augmentation()

    /// Flips half of the pictures and moves all by up to 8 % of the side.
    public static let light: Augmentation = {
        var augmentation = Augmentation()
        augmentation.flipProbability = 0.5
        augmentation.shift = 0.08
        return augmentation
    }()

    /// Everything but mixup: what cameras do to faces, and as much motion as in the published
    /// trainings on FER-2013 that reach 70 % and more.
    ///
    /// Some of them move half of the pictures by up to 20 % of the side; here all are moved, by
    /// half as much. For long trainings add `mixup`: 0.2 up to a hundred epochs.
    public static let strong: Augmentation = {
        var augmentation = Augmentation()
        augmentation.flipProbability = 0.5
        augmentation.rotation = 10
        augmentation.shift = 0.1
        augmentation.scale = 0.85...1.15
        augmentation.brightness = 0.2
        augmentation.contrast = 0.3
        augmentation.blurProbability = 0.15
        augmentation.noiseProbability = 0.15
        augmentation.erasingProbability = 0.5
        return augmentation
    }()

    /// Whether pictures keep their places and their brightness.
    var leavesPicturesInPlace: Bool {
        flipProbability == 0 && rotation == 0 && shift == 0 && scale == 1...1 && brightness == 0
            && contrast == 0
    }

    /// Traps where an amount cannot be drawn, so that a training does not stop in its middle.
    func validate() {
        if let problem { misuse("an augmentation \(problem)") }
    }

    /// Why an amount cannot be drawn; nil if all can.
    var problem: String? {
        let probabilities = [
            flipProbability, blurProbability, noiseProbability, erasingProbability,
        ]
        for probability in probabilities where !(0...1 ~= probability) {
            return "has no probability \(probability)"
        }
        let limits = [rotation, shift, brightness, contrast, noise]
        for limit in limits where !(limit >= 0 && limit.isFinite) {
            return "has no range up to \(limit)"
        }
        // Wider ones leave nothing to see, and take long.
        guard 0...1 ~= blur else { return "cannot blur by \(blur) of the width" }
        // Beyond these, shares are not drawn in reasonable time.
        guard mixup == 0 || (0.01...4).contains(mixup) else {
            return "mixes by 0 or 0.01 to 4, not by \(mixup)"
        }
        guard scale.lowerBound > 0, scale.upperBound.isFinite else {
            return "cannot scale by \(scale)"
        }
        guard erasedArea.lowerBound >= 0, erasedArea.upperBound <= 1 else {
            return "cannot erase \(erasedArea) of a picture"
        }
        return nil
    }
}

extension Augmentation {
    /// Reads an augmentation; one from before there was a change has none of it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        flipProbability = try values.decode(Float.self, forKey: .flipProbability)
        rotation = try values.decode(Float.self, forKey: .rotation)
        shift = try values.decode(Float.self, forKey: .shift)
        scale = try values.decode(ClosedRange<Float>.self, forKey: .scale)
        brightness = try values.decode(Float.self, forKey: .brightness)
        contrast = try values.decode(Float.self, forKey: .contrast)
        blurProbability = try values.decodeIfPresent(Float.self, forKey: .blurProbability) ?? 0
        blur = try values.decodeIfPresent(Float.self, forKey: .blur) ?? blur
        noiseProbability = try values.decodeIfPresent(Float.self, forKey: .noiseProbability) ?? 0
        noise = try values.decodeIfPresent(Float.self, forKey: .noise) ?? noise
        erasingProbability = try values.decode(Float.self, forKey: .erasingProbability)
        erasedArea = try values.decode(ClosedRange<Float>.self, forKey: .erasedArea)
        mixup = try values.decode(Float.self, forKey: .mixup)
    }
}
