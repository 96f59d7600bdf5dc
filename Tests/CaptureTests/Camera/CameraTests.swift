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
}
