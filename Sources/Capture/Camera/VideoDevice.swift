import CV4L2
import Glibc

/// An open video device, closed at the end of its life.
///
/// Its methods are the requests of Video4Linux, one each. All are those of single-planar capture.
struct VideoDevice: ~Copyable {
    let path: String
    let calls: VideoCalls
    private let descriptor: Int32

    /// Opens a device that captures video.
    init(path: String, calls: VideoCalls) throws(CaptureError) {
        self.path = path
        self.calls = calls
        descriptor = calls.open(path)
        if descriptor < 0 { throw .opening(-descriptor, at: path) }
    }

    deinit {
        if descriptor >= 0 { calls.close(descriptor) }
    }

    /// Asks for something, and gives the number of the error, or 0.
    func attempt<Argument>(_ request: V4L2Request, _ argument: inout Argument) -> Int32 {
        withUnsafeMutablePointer(to: &argument) { -calls.control(descriptor, request, $0) }
    }

    /// Asks for something.
    func perform<Argument>(
        _ request: V4L2Request, _ argument: inout Argument
    ) throws(CaptureError) {
        let number = attempt(request, &argument)
        if number != 0 { throw .request(request, number, at: path) }
    }

    /// What the device is, refused unless it captures video in frames of one plane.
    func captureCapability() throws(CaptureError) -> v4l2_capability {
        var capability = v4l2_capability()
        try perform(.queryCapability, &capability)
        // A driver has several nodes, and tells what this one does apart from what all do.
        let hasOwn = capability.capabilities & UInt32(V4L2_CAP_DEVICE_CAPS) != 0
        let abilities = hasOwn ? capability.device_caps : capability.capabilities
        if abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE) != 0 {
            guard abilities & UInt32(V4L2_CAP_STREAMING) != 0 else {
                throw CaptureError(
                    .noBuffers, at: path,
                    "the camera can be read from, but has no buffers to map. Use another.")
            }
            return capability
        }
        guard abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE_MPLANE) == 0 else {
            throw CaptureError(
                .unsupported, at: path,
                "the camera has frames of several planes only, which is not supported. "
                    + "Use another: infer devices.")
        }
        throw CaptureError(
            .notACamera, at: path,
            "does not capture video. See which cameras there are: infer devices.")
    }

    /// Asks for a format; gives the one that the driver has chosen.
    func setFormat(_ wanted: v4l2_pix_format) throws(CaptureError) -> v4l2_pix_format {
        var format = v4l2_format()
        format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        format.fmt.pix = wanted
        try perform(.setFormat, &format)
        return format.fmt.pix
    }

    /// Asks for a time between frames, or just for what it is.
    ///
    /// - Returns: The time in seconds that the driver has chosen; nil if it knows none.
    func setInterval(_ interval: v4l2_fract?) -> v4l2_fract? {
        var parameters = v4l2_streamparm()
        parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        if let interval {
            parameters.parm.capture.timeperframe = interval
            if attempt(.setParameters, &parameters) != 0 { return setInterval(nil) }
        } else if attempt(.getParameters, &parameters) != 0 {
            return nil
        }
        let chosen = parameters.parm.capture.timeperframe
        return chosen.numerator > 0 && chosen.denominator > 0 ? chosen : nil
    }

    /// Waits for a frame; gives what `poll` reports, 0 after the time.
    func wait(upTo time: Duration) throws(CaptureError) -> Int32 {
        let milliseconds = Int32(min(max(time / .milliseconds(1), 1), 1_000))
        let events = calls.poll(descriptor, milliseconds)
        if events < 0 { throw .request(.dequeueBuffer, -events, at: path) }
        return events
    }

    /// Maps a buffer into memory.
    func map(_ buffer: v4l2_buffer) throws(CaptureError) -> UnsafeMutableRawBufferPointer {
        guard buffer.length > 0,
            let start = calls.map(descriptor, Int(buffer.length), Int(buffer.m.offset))
        else {
            throw CaptureError(
                .noBuffers, at: path,
                "the camera's buffers cannot be mapped. Choose a smaller size.")
        }
        return UnsafeMutableRawBufferPointer(start: start, count: Int(buffer.length))
    }
}
