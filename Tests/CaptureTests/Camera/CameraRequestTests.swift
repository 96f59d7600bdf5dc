import Testing

@testable import Capture

struct CameraRequestTests {
    /// A format with sizes, all at the same rates.
    private func format(
        _ format: PixelFormat, _ sizes: [(Int, Int)], rates: [Double] = [30]
    ) -> CameraFormat {
        CameraFormat(
            pixelFormat: format, name: "",
            sizes: sizes.map {
                CameraSize(
                    width: SteppedRange($0.0), height: SteppedRange($0.1),
                    rates: .discrete(rates))
            })
    }

    private func choice(
        _ request: CameraRequest, _ formats: CameraFormat...
    ) throws(CaptureError) -> String {
        let mode = try request.choice(among: formats, at: "/dev/video0") {
            $0 != PixelFormat("H264")
        }
        return "\(mode.pixelFormat) \(mode.width)x\(mode.height)"
    }

    @Test("A webcam gives large frames quickly only as JPEG")
    func webcam() throws {
        let jpeg = format(.mjpg, [(640, 480), (1280, 720)])
        let packed = [
            format(.yuyv, [(640, 480)]), format(.yuyv, [(1280, 720)], rates: [10, 5]),
        ]
        let webcam = CameraFormat(
            pixelFormat: .yuyv, name: "", sizes: packed.flatMap(\.sizes))
        #expect(try choice(CameraRequest(), jpeg, webcam) == "YUYV 640x480")
        let large = CameraRequest(width: 1280, height: 720)
        #expect(try choice(large, jpeg, webcam) == "MJPG 1280x720")
        let slow = CameraRequest(width: 1280, height: 720, frameRate: 10)
        #expect(try choice(slow, jpeg, webcam) == "YUYV 1280x720")
    }

    @Test func theNearestSizeIsTaken() throws {
        let camera = format(.yuyv, [(320, 240), (800, 600), (1920, 1080)])
        #expect(try choice(CameraRequest(), camera) == "YUYV 800x600")
        #expect(try choice(CameraRequest(width: 1, height: 1), camera) == "YUYV 320x240")
    }

    @Test func aRangeOfSizesIsKeptToItsSteps() throws {
        let size = CameraSize(
            width: SteppedRange(48, 1921, step: 16), height: SteppedRange(32, 1080, step: 8),
            rates: .range(1...60))
        let camera = CameraFormat(pixelFormat: .yuyv, name: "", sizes: [size])
        #expect(try choice(CameraRequest(width: 650, height: 485), camera) == "YUYV 656x488")
        #expect(try choice(CameraRequest(width: 9_999, height: 1), camera) == "YUYV 1920x32")
    }

    @Test func grayCamerasServeOnlyWhoWantsGray() throws {
        let formats = (format(.grey, [(640, 480)]), format(.yuyv, [(640, 480)]))
        #expect(try choice(CameraRequest(), formats.0, formats.1) == "GREY 640x480")
        let color = CameraRequest(color: .rgb)
        #expect(try choice(color, formats.0, formats.1) == "YUYV 640x480")
    }

    @Test("Without a list of sizes, the wanted one is asked for")
    func noSizes() throws {
        #expect(try choice(CameraRequest(), format(.yuyv, [])) == "YUYV 640x480")
    }

    @Test func theWantedFormatIsTakenEvenIfItIsNotListed() throws {
        let request = CameraRequest(pixelFormat: .mjpg)
        #expect(try choice(request, format(.yuyv, [(320, 240)])) == "MJPG 640x480")
    }

    @Test func whatNothingConvertsIsRefused() {
        let unknown = format(PixelFormat("H264")!, [(640, 480)])
        for request in [CameraRequest(), CameraRequest(pixelFormat: PixelFormat("H264"))] {
            let error = #expect(throws: CaptureError.self) { try choice(request, unknown) }
            #expect(error?.code == .formatRefused)
            #expect(error?.message.contains("H264") == true)
        }
    }

    @Test func sizesAreDescribed() {
        let size = CameraSize(
            width: SteppedRange(640), height: SteppedRange(480), rates: .discrete([30, 12.5]))
        #expect(size.description == "640x480 at 30, 12.5 frames/s")
        let range = CameraSize(
            width: SteppedRange(48, 640, step: 16), height: SteppedRange(32, 480, step: 8),
            rates: .range(1...29.97))
        #expect(
            range.description == "48x32 to 640x480 in steps of 16x8 at 1 to 29.97 frames/s")
    }
}
