public import Capture
import Dispatch
public import Imaging

/// Reads the expressions in the frames of a camera or a video, or in pictures.
///
/// ```swift
/// var reader = ExpressionReader(detector: detector, classifier: classifier)
/// try reader.read(&camera) { reading in
///     print(reading.frame.time, reading.mood?.likeliest.name ?? "nobody")
///     return reading.frame.time < .seconds(5)
/// }
/// ```
public struct ExpressionReader: Sendable {
    private let finder: FaceFinder
    private let followsFaces: Bool
    private var tracker: MoodTracker

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - detector: What finds faces.
    ///   - options: Which faces are looked for.
    ///   - classifier: What reads their expressions.
    ///   - tracking: How faces are followed from frame to frame; nil for pictures that each stand
    ///     alone.
    public init(
        detector: FaceDetector, options: FaceDetector.Options = FaceDetector.Options(),
        classifier: ExpressionClassifier, tracking: MoodTracker.Options? = MoodTracker.Options()
    ) {
        finder = FaceFinder(detector: detector, options: options, classifier: classifier)
        followsFaces = tracking != nil
        tracker = MoodTracker(options: tracking ?? MoodTracker.Options())
    }

    /// Reads the next frame.
    public mutating func reading(of frame: Frame) -> FrameReading {
        reading(of: frame, with: finder.faces(in: frame))
    }

    /// Reads the frames of a source until there are no more, or `body` has had enough.
    ///
    /// - Parameters:
    ///   - source: Where the frames come from.
    ///   - ahead: Whether a frame is fetched and decoded while the one before it is read. That is
    ///     faster for a video; what a camera sees would be shown a frame later.
    ///   - skip: Takes an error of the source, and returns to go on with its next frame, as after
    ///     a damaged picture; by default it throws the error on.
    ///   - body: Takes what was read; returns whether to go on.
    /// - Throws: What `skip` and `body` throw; frames that came before an error were read.
    public mutating func read<Source: FrameSource & ~Copyable>(
        _ source: inout Source, ahead: Bool = false,
        skippingErrors skip: (any Error) throws -> Void = { throw $0 },
        _ body: (FrameReading) throws -> Bool
    ) throws {
        if ahead {
            try readAhead(&source, skip, body)
        } else {
            while true {
                let next = Result { try source.nextFrame() }
                if case .success(let frame?) = next {
                    guard try body(reading(of: frame)) else { return }
                }
                guard try next.hasFrames(skip) else { return }
            }
        }
    }

    private mutating func readAhead<Source: FrameSource & ~Copyable>(
        _ source: inout Source, _ skip: (any Error) throws -> Void,
        _ body: (FrameReading) throws -> Bool
    ) throws {
        let queue = DispatchQueue(label: "valence-reader", qos: .userInitiated)
        var pending: (frame: Frame, call: ConcurrentCall<FaceFinder.Findings>)?
        // Nothing goes on behind the back of a caller that has had enough, and may exit now.
        defer { _ = pending?.call.wait() }
        while true {
            let next = Result { try source.nextFrame() }
            let last = pending.map { ($0.frame, $0.call.wait()) }
            pending = nil
            if case .success(let frame?) = next {
                pending = (frame, ConcurrentCall(on: queue) { [finder] in finder.faces(in: frame) })
            }
            if let (frame, findings) = last {
                guard try body(reading(of: frame, with: findings)) else { return }
            }
            guard try next.hasFrames(skip) else { return }
        }
    }

    /// Follows the faces of the next frame.
    private mutating func reading(
        of frame: Frame, with findings: FaceFinder.Findings
    ) -> FrameReading {
        if !followsFaces { tracker = MoodTracker(options: tracker.options) }
        let faces = tracker.update(with: findings.faces, at: frame.time)
        return FrameReading(
            frame: frame, faces: faces, mood: tracker.mood,
            detectionTime: findings.detectionTime,
            classificationTime: findings.classificationTime)
    }
}

extension Result<Frame?, any Error> {
    /// Whether more frames may come after this answer of a source.
    fileprivate func hasFrames(_ skip: (any Error) throws -> Void) throws -> Bool {
        switch self {
        case .success(let frame): return frame != nil
        case .failure(let error):
            try skip(error)
            return true
        }
    }
}
