import Imaging

/// Follows faces from frame to frame, and settles what they show over time.
///
/// What a network reads in a face jumps from frame to frame. A tracker knows a face again by where
/// it lies, averages its probabilities over time, and changes its expression only where another one
/// is clearly likelier. Time is that of the frames, in seconds, so that their rate does not matter;
/// the same frames always give the same answers.
///
/// ```swift
/// var tracker = MoodTracker()
/// let faces = tracker.update(with: readings, at: frame.time)
/// print(faces.map(\.expression), tracker.mood?.likeliest)
/// ```
public struct MoodTracker: Sendable {
    /// How faces are followed and probabilities smoothed.
    public struct Options: Hashable, Sendable {
        /// The time constant of the average: what is older than this weighs less than 1/e.
        public var smoothing = Duration.milliseconds(400)
        /// How much likelier another expression has to be before the face is said to show it, and
        /// how far below the threshold its own may fall before it is uncertain.
        public var margin: Float = 0.15
        /// How much of their union two boxes must share to be the same face.
        public var overlap = 0.3
        /// How long a face may be out of sight and still be known again; that of the frame before
        /// always is.
        public var patience = Duration.milliseconds(700)
        /// The time that the mood is of; nil for all frames since the beginning.
        public var window: Duration? = .seconds(5)

        /// Creates the default options.
        public init() {}
    }

    /// How faces are followed and probabilities smoothed.
    public let options: Options
    /// The faces that are followed, also those that are out of sight for a moment.
    public private(set) var faces: [TrackedFace] = []

    private var seenFaces = 0
    private var lastTime = Duration.zero
    private var window: MoodWindow

    /// Creates a tracker that has seen no face.
    public init(options: Options = Options()) {
        self.options = options
        window = MoodWindow(length: options.window)
    }

    /// The mean of what was read in all faces during the window, or nil where there was no face.
    ///
    /// Its likeliest expression is the dominant one.
    public var mood: ExpressionReading? { window.mean }

    /// Takes the faces of the next frame.
    ///
    /// - Parameters:
    ///   - readings: The faces of the frame.
    ///   - time: When the frame was taken; not before the one before it.
    /// - Returns: The faces of the frame in the order of `readings`, as they are known now.
    /// - Complexity: O(*n* × *m*) in the numbers of faces of the frame and of those followed, and
    ///   O(*k*) in the number of frames of the window.
    public mutating func update(with readings: [FaceReading], at time: Duration) -> [TrackedFace] {
        faces.removeAll { $0.lastSeen < lastTime && time - $0.lastSeen > options.patience }
        lastTime = time
        let matches = matches(of: readings.map(\.face.box), with: faces.map(\.box))
        var current: [TrackedFace] = []
        for (reading, match) in zip(readings, matches) {
            if let match {
                faces[match].follow(reading, at: time, options: options)
                current.append(faces[match])
            } else {
                seenFaces += 1
                let face = TrackedFace(reading, identity: seenFaces, at: time)
                faces.append(face)
                current.append(face)
            }
        }
        window.append(readings.map(\.expression), at: time)
        return current
    }

    /// Finds for each box the known one that it continues.
    ///
    /// The pair that shares most of its union goes first; pairs of different frames seldom compete,
    /// so the best assignment of all would hardly ever be another one.
    private func matches(of boxes: [Rectangle], with known: [Rectangle]) -> [Int?] {
        var pairs: [(overlap: Double, box: Int, known: Int)] = []
        for (box, area) in boxes.enumerated() {
            for (index, other) in known.enumerated() {
                let overlap = area.intersectionOverUnion(with: other)
                if overlap >= options.overlap { pairs.append((overlap, box, index)) }
            }
        }
        var matches = [Int?](repeating: nil, count: boxes.count)
        var taken = Set<Int>()
        pairs.sort { ($1.overlap, $0.box, $0.known) < ($0.overlap, $1.box, $1.known) }
        for pair in pairs where matches[pair.box] == nil {
            if taken.insert(pair.known).inserted { matches[pair.box] = pair.known }
        }
        return matches
    }
}
