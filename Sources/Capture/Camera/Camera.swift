import CV4L2

/// A camera, through Video4Linux.
///
/// It streams from its creation on. When frames come faster than they are asked for, the older ones
/// are left out, and frames that have waited for long while nobody asked.
///
/// The device and its buffers are freed at the end of the camera's life, and as soon as it fails.
public struct Camera: ~Copyable, FrameSource {
    /// The path of the device.
    public let name: String
    /// What its driver calls it.
    public let cardName: String
    /// How it gives its frames.
    public let mode: CameraMode
    /// What a person should know of the difference between the mode and what was asked for, a
    /// sentence each: a driver changes what it does not have, and says nothing.
    public let adjustments: [String]
    /// What became of the frames.
    public private(set) var counts = CameraCounts()

    /// When the first frame was taken, by the system's monotonic clock.
    private(set) var start: Duration?
    private var lastTime = Duration.zero
    private var reader: CameraReader?

    /// Opens a camera.
    ///
    /// - Parameters:
    ///   - path: The path of the device: `/dev/video0`.
    ///   - request: What is wanted of it.
    ///   - isStopped: Whether to wait for no further frame; asked ten times a second while waiting.
    /// - Throws: `CaptureError` if the camera is missing, in use or may not be opened, or gives no
    ///   frames that can be converted.
    public init(
        _ path: String, _ request: CameraRequest = CameraRequest(),
        isStopped: @escaping @Sendable () -> Bool = { Task.isCancelled }
    ) throws(CaptureError) {
        try self.init(path, request, calls: .kernel, isStopped: isStopped)
    }

    init(
        _ path: String, _ request: CameraRequest, calls: VideoCalls,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws(CaptureError) {
        let device = try VideoDevice(path: path, calls: calls)
        let capability = try device.captureCapability()
        let library = V4LConverter()
        let formats = try device.formats()
        let wanted = try request.choice(among: formats, at: path) {
            FrameConverter.canConvert($0, library: library)
        }
        let compressed = formats.filter(\.isCompressed).map(\.pixelFormat)
        let format = try device.setFormat(v4l2_pix_format(wanted))
        let converter = try FrameConverter(
            format: format,
            isCompressed: compressed.contains(PixelFormat(code: format.pixelformat)),
            color: request.color, library: library, name: path)
        let interval = device.setInterval(v4l2_fract(rate: request.targetRate))
        let mode = CameraMode(format, frameRate: interval?.rate)
        let stream = try CameraStream(device)
        name = path
        cardName = text(capability.card)
        self.mode = mode
        adjustments = mode.adjustments(of: request)
        reader = CameraReader(
            name: path, stream: stream,
            converter: converter, stallLimit: request.stallLimit, isStopped: isStopped)
    }

    /// Frames a second, if the driver tells.
    public var frameRate: Double? { mode.frameRate }

    /// Waits for the next good frame.
    ///
    /// Its index counts the frames that were missed or damaged.
    ///
    /// - Returns: The frame, or nil when it was told to stop, or had failed before.
    /// - Throws: `CaptureError` if no good frame came for longer than the request allows, or none
    ///   will come any more; the device is closed then.
    public mutating func nextFrame() throws(CaptureError) -> Frame? {
        do {
            guard var frame = try reader?.nextFrame(counting: &counts) ?? nil else { return nil }
            let first = start ?? frame.time
            start = first
            // Some drivers' clocks take a step back.
            frame.time = max(frame.time - first, lastTime)
            lastTime = frame.time
            return frame
        } catch {
            reader = nil
            throw error
        }
    }
}
