import CV4L2
import Glibc
import Imaging
import Synchronization
import Testing

@testable import Capture

struct ReconnectingCameraTests {
    private let device = FakeDevice()
    private let request = CameraRequest(
        width: 32, height: 24, pixelFormat: .grey, stallLimit: .seconds(1))

    @Test("Numbers and times go on when the camera is back")
    func reconnection() throws {
        let device = device
        let events = Mutex<[ReconnectingCamera.Event]>([])
        var camera = try ReconnectingCamera(
            "/dev/video0", request, calls: device.calls, isStopped: { false }
        ) { event in
            events.withLock { $0.append(event) }
            // Once it is gone, it cannot be opened twice, and then it can.
            device.state.events = 0
            device.state.openErrors = [ENOENT, EACCES]
            device.state.framesAfterWaiting = [(0, 0)]
        }
        device.state.frames = [(0, 0)]
        #expect(try camera.nextFrame()?.index == 0)
        device.state.events = POLLERR | POLLHUP
        device.state.errors[.dequeueBuffer] = [ENODEV]
        let frame = try #require(try camera.nextFrame())
        #expect(frame.index == 1)
        #expect(frame.time == .milliseconds(1))
        let seen = events.withLock { $0 }
        #expect(seen.count == 2)
        #expect(seen.last == .found(camera.mode))
        guard case .lost(let error) = seen.first else {
            Issue.record("the loss was not told")
            return
        }
        #expect(error.code == .unplugged)
    }

    @Test func waitingCanBeStopped() throws {
        let device = device
        var camera = try ReconnectingCamera(
            "/dev/video0", request, calls: device.calls,
            isStopped: { device.state.now > .seconds(5) }, reporting: { _ in })
        device.state.openErrors = .init(repeating: ENOENT, count: 1_000)
        #expect(try camera.nextFrame() == nil)
        #expect(device.state.now < .seconds(6))
        #expect(device.isReleased)
    }

    @Test func aCameraWithAnotherFormatIsNotWaitedFor() throws {
        var camera = try ReconnectingCamera(
            "/dev/video0", request, calls: device.calls, isStopped: { false },
            reporting: { _ in })
        device.state.adjust = { $0.pixelformat = PixelFormat("H264")!.code }
        let error = #expect(throws: CaptureError.self) { _ = try camera.nextFrame() }
        #expect(error?.code == .formatRefused)
    }

    @Test func theFirstTimeTheCameraHasToBeThere() {
        device.state.openErrors = [ENOENT]
        #expect(throws: CaptureError.self) {
            _ = try ReconnectingCamera(
                "/dev/video0", request, calls: device.calls, isStopped: { false },
                reporting: { _ in })
        }
    }
}
