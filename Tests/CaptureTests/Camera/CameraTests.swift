import CV4L2
import Glibc
import Imaging
import Testing

@testable import Capture

/// The camera over a driver that exists in these tests only.
struct CameraTests {
    private let device = FakeDevice()
    private let request = CameraRequest(
        width: 32, height: 24, pixelFormat: .grey, stallLimit: .seconds(1))

    private func open() throws(CaptureError) -> Camera {
        try Camera("/dev/video0", request, calls: device.calls)
    }

    @Test func framesAreNumberedAndTimedFromTheFirst() throws {
        var camera = try open()
        #expect(camera.mode.description == "GREY, 32x24, 30 frames/s")
        #expect(camera.adjustments.isEmpty)
        for index in 0..<3 {
            device.state.frames = [(0, 0)]
            let frame = try #require(try camera.nextFrame())
            #expect(frame.index == index)
            #expect(frame.time == .milliseconds(index))
            #expect(frame.image.samples == [UInt8](repeating: UInt8(10 + index), count: 32 * 24))
        }
        #expect(camera.counts == CameraCounts(delivered: 3))
    }

    @Test func olderFramesAreLeftOut() throws {
        var camera = try open()
        device.state.frames = [(0, 0), (0, 0), (0, 0)]
        #expect(try camera.nextFrame()?.index == 2)
        #expect(camera.counts == CameraCounts(delivered: 1, missed: 2))
    }

    @Test("Frames that filled all buffers are old: a newer one is waited for, but only once")
    func staleFramesAreLeftOut() throws {
        var camera = try open()
        device.state.frames = .init(repeating: (0, 0), count: 5)
        #expect(try camera.nextFrame()?.index == 4)
        device.state.frames = .init(repeating: (0, 0), count: 8)
        #expect(try camera.nextFrame()?.index == 12)
    }

    @Test func framesWithAnErrorAreSkippedAndCounted() throws {
        var camera = try open()
        device.state.frames = [(V4L2_BUF_FLAG_ERROR, 0)]
        device.state.framesAfterWaiting = [(0, 0)]
        #expect(try camera.nextFrame()?.index == 1)
        #expect(camera.counts == CameraCounts(delivered: 1, damaged: 1))
    }

    @Test func framesThatAreCutShortAreSkippedAndCounted() throws {
        var camera = try open()
        device.state.frames = [(0, 1)]
        device.state.framesAfterWaiting = [(0, 0)]
        #expect(try camera.nextFrame()?.index == 1)
        #expect(camera.counts == CameraCounts(delivered: 1, damaged: 1))
    }

    @Test("A camera is stalled when it has sent no good frame for too long")
    func stalling() throws {
        var camera = try open()
        device.state.framesAfterWaiting = .init(repeating: (V4L2_BUF_FLAG_ERROR, 0), count: 100)
        let error = try #require(throws: CaptureError.self) { _ = try camera.nextFrame() }
        #expect(error.code == .stalled)
        #expect(error.message.contains("1 s, but 10 damaged ones"))
        #expect(device.isReleased)
        #expect(try camera.nextFrame() == nil)
    }

    @Test func waitingCanBeStopped() throws {
        let device = device
        var camera = try Camera("/dev/video0", request, calls: device.calls) {
            device.state.now > .milliseconds(300)
        }
        #expect(try camera.nextFrame() == nil)
        #expect(device.state.now < .milliseconds(500))
    }

    @Test(
        "A driver that fails while streaming",
        arguments: [
            (POLLERR, EIO, CaptureError.Code.streamingFailed),
            (POLLERR | POLLHUP, ENODEV, .unplugged), (POLLERR, EAGAIN, .streamingFailed),
            (POLLERR | POLLHUP, EAGAIN, .unplugged), (POLLIN, EIO, .streamingFailed),
        ])
    func failing(events: Int32, number: Int32, code: CaptureError.Code) throws {
        var camera = try open()
        device.state.events = events
        device.state.errors[.dequeueBuffer] = [number]
        let error = #expect(throws: CaptureError.self) { _ = try camera.nextFrame() }
        #expect(error?.code == code)
        #expect(device.isReleased)
    }

    @Test(
        "All is freed at the end, and after a request that fails on the way to the first frame",
        arguments: [
            (V4L2Request.queryCapability, EINVAL, CaptureError.Code.notACamera),
            (.setFormat, EBUSY, .busy), (.setFormat, EINVAL, .formatRefused),
            (.requestBuffers, EINVAL, .noBuffers), (.queryBuffer, EINVAL, .noBuffers),
            (.queueBuffer, EINVAL, .streamingFailed), (.streamOn, EINVAL, .streamingFailed),
            (.streamOn, ENODEV, .unplugged),
        ])
    func opening(request: V4L2Request, number: Int32, code: CaptureError.Code) throws {
        do { _ = try open() }
        #expect(device.isReleased)
        device.state.errors[request] = [number]
        let error = #expect(throws: CaptureError.self) { _ = try open() }
        #expect(error?.code == code)
        #expect(device.isReleased)
    }

    @Test func aRateThatIsRefusedIsLeftAsItIs() throws {
        device.state.errors[.setParameters] = [EINVAL]
        device.state.interval = v4l2_fract(numerator: 1, denominator: 25)
        #expect(try open().frameRate == 25)
    }

    @Test("What the driver makes of the request in silence is told, and what it gives is read")
    func adjustment() throws {
        device.state.interval = v4l2_fract(numerator: 2, denominator: 25)
        device.state.adjust = {
            ($0.width, $0.height, $0.pixelformat) = (16, 8, PixelFormat.grey.code)
        }
        var request = request
        (request.pixelFormat, request.frameRate) = (.mjpg, 30)
        var camera = try Camera("/dev/video0", request, calls: device.calls)
        #expect(
            camera.adjustments == [
                "The camera gives GREY instead of MJPG.",
                "The camera gives 16x8 pixels instead of 32x24.",
                "The camera gives 12.5 frames/s instead of 30.",
            ])
        device.state.frames = [(0, 0)]
        let image = try #require(try camera.nextFrame()).image
        #expect((image.width, image.height) == (16, 8))
    }

    @Test func aFormatThatNothingConvertsIsRefusedByName() {
        device.state.adjust = { $0.pixelformat = PixelFormat("H264")!.code }
        let error = #expect(throws: CaptureError.self) { _ = try open() }
        #expect(error?.code == .formatRefused)
        #expect(error?.message.contains("H264") == true)
        #expect(device.isReleased)
    }

    @Test("A driver that promises absurd frames is refused", arguments: [0, 40_000])
    func absurdSizes(width: UInt32) {
        device.state.adjust = { $0.width = width }
        #expect(throws: CaptureError.self) { _ = try open() }
        #expect(device.isReleased)
    }

    @Test(
        "What is no camera is refused",
        arguments: [
            (V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING, CaptureError.Code.notACamera),
            (V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING, .notACamera),
            (V4L2_CAP_VIDEO_CAPTURE_MPLANE | V4L2_CAP_STREAMING, .unsupported),
            (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_READWRITE, .noBuffers),
        ])
    func capabilities(abilities: Int32, code: CaptureError.Code) {
        device.state.abilities = UInt32(abilities)
        let error = #expect(throws: CaptureError.self) { _ = try open() }
        #expect(error?.code == code)
        #expect(device.isReleased)
    }

    @Test(
        "A device that does not open",
        arguments: [
            (ENOENT, CaptureError.Code.notFound, "infer devices"),
            (ENODEV, .notFound, "Plug it in"),
            (EACCES, .noPermission, "sudo usermod -aG video $USER"), (EBUSY, .busy, "Close it"),
            (EMFILE, .streamingFailed, "too many open files"),
        ])
    func openErrors(number: Int32, code: CaptureError.Code, remedy: String) {
        device.state.openErrors = [number]
        let error = #expect(throws: CaptureError.self) { _ = try open() }
        #expect(error?.code == code)
        #expect(error?.description.hasPrefix("/dev/video0: ") == true)
        #expect(error?.message.contains(remedy) == true)
    }
}
