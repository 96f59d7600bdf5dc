/// A camera that is waited for when it goes away: unplugged, stalled, or failed.
///
/// The frames of the time after follow those before: their numbers and times go on.
public struct ReconnectingCamera: ~Copyable, FrameSource {
    /// What happens to a camera.
    public enum Event: Hashable, Sendable {
        /// It gives no more frames, and is waited for.
        case lost(CaptureError)
        /// It is there again, as the mode says.
        case found(CameraMode)
    }

    /// The path of the device.
    public let name: String
    /// How the camera gives its frames; after its return that may have changed.
    public private(set) var mode: CameraMode
    /// What a person should know of the difference between the mode and what was asked for.
    public private(set) var adjustments: [String]

    private let request: CameraRequest
    private let calls: VideoCalls
    private let isStopped: @Sendable () -> Bool
    private let report: @Sendable (Event) -> Void
    private var camera: Camera?
    private var start: Duration?
    private var nextIndex = 0
    private var firstIndex = 0

    /// Opens a camera, which has to be there the first time.
    ///
    /// - Parameters:
    ///   - path: The path of the device: `/dev/video0`.
    ///   - request: What is wanted of it, now and when it is back.
    ///   - isStopped: Whether to wait no longer; asked several times a second while waiting.
    ///   - report: Is told when the camera goes away and when it is back.
    /// - Throws: `CaptureError` as `Camera` does.
    public init(
        _ path: String, _ request: CameraRequest = CameraRequest(),
        isStopped: @escaping @Sendable () -> Bool = { Task.isCancelled },
        reporting report: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws(CaptureError) {
        try self.init(path, request, calls: .kernel, isStopped: isStopped, reporting: report)
    }

    init(
        _ path: String, _ request: CameraRequest, calls: VideoCalls,
        isStopped: @escaping @Sendable () -> Bool,
        reporting report: @escaping @Sendable (Event) -> Void
    ) throws(CaptureError) {
        let camera = try Camera(path, request, calls: calls, isStopped: isStopped)
        name = path
        mode = camera.mode
        adjustments = camera.adjustments
        self.request = request
        self.calls = calls
        self.isStopped = isStopped
        self.report = report
        self.camera = consume camera
    }

    /// Frames a second, if the driver tells.
    public var frameRate: Double? { mode.frameRate }

    /// Waits for the next good frame, and for the camera if it has gone.
    ///
    /// - Returns: The frame, or nil when it was told to stop.
    /// - Throws: `CaptureError` if the camera that is back gives no frames that can be converted.
    public mutating func nextFrame() throws(CaptureError) -> Frame? {
        while !isStopped() {
            do throws(CaptureError) {
                if camera == nil { try reopen() }
                guard let frame = try camera?.nextFrame() ?? nil else { continue }
                return following(frame)
            } catch {
                guard error.mayPass else { throw error }
                if camera != nil { report(.lost(error)) }
                camera = nil
                calls.sleep(.milliseconds(200))
            }
        }
        return nil
    }

    private mutating func reopen() throws(CaptureError) {
        let camera = try Camera(name, request, calls: calls, isStopped: isStopped)
        mode = camera.mode
        adjustments = camera.adjustments
        firstIndex = nextIndex
        self.camera = consume camera
        report(.found(mode))
    }

    /// The frame with a number and a time that follow those before.
    private mutating func following(_ frame: Frame) -> Frame {
        var frame = frame
        let cameraStart = camera?.start ?? .zero
        let first = start ?? cameraStart
        start = first
        frame.index += firstIndex
        frame.time += cameraStart - first
        nextIndex = frame.index + 1
        return frame
    }
}

extension ReconnectingCamera.Event: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .lost(let error): "\(error) Waiting for it ..."
        case .found(let mode): "The camera is there again: \(mode)."
        }
    }
}

extension CaptureError {
    /// Whether it may help to wait: for the camera, for its rights, for another program.
    fileprivate var mayPass: Bool {
        switch code {
        case .formatRefused, .unsupported, .damaged: false
        default: true
        }
    }
}
