/// What a program in the guest saw of a camera, for the tests outside.
public struct CameraObservation: Codable, Sendable {
    /// A frame, without its pixels.
    public struct Frame: Codable, Sendable {
        /// Its number.
        public var index: Int
        /// When it was taken, since the first frame, in seconds.
        public var time: Double
        /// Height, width, channels.
        public var shape: [Int]
        /// The pixels in the middle of eight vertical bars of the same width, at half the height.
        public var bars: [[Int]]
        /// Tells frames apart.
        public var checksum: UInt32

        /// Describes a frame.
        public init(index: Int, time: Double, shape: [Int], bars: [[Int]], checksum: UInt32) {
            self.index = index
            self.time = time
            self.shape = shape
            self.bars = bars
            self.checksum = checksum
        }
    }

    /// What was done.
    public var scenario: String
    /// The code of the error that ended it.
    public var error: String?
    /// What that error said.
    public var message: String?
    /// What the driver had settled.
    public var mode: String?
    /// The differences to what was asked for.
    public var adjustments: [String] = []
    /// The frames.
    public var frames: [Frame] = []
    /// Frames that nobody asked for in time.
    public var missed = 0
    /// Frames that were left out.
    public var damaged = 0
    /// The exit status of a command.
    public var status: Int32?
    /// What the command said, or whatever else is worth a line.
    public var notes: [String] = []

    /// Begins an observation.
    public init(of scenario: String) {
        self.scenario = scenario
    }
}
