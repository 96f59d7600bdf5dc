import Testing
import _TestSupport

/// Cameras through the kernel's own drivers: vivid, which fails on demand, and uvcvideo, that of real
/// webcams, with a USB camera in software.
@Suite(
    .enabled("Scripts/v4l2-guest has what it needs") { await CameraGuest.isThere },
    .timeLimit(.minutes(6)))
struct CameraGuestTests {
    private func seen(_ scenario: String) async throws -> CameraObservation {
        try await CameraGuest.observation(scenario)
    }

    @Test func devicesAreListed() async throws {
        let notes = try await seen("devices").notes
        #expect(notes[0].hasPrefix("unsupported /dev/video1: "))
        #expect(notes[1] == "/dev/video0 vivid vivid platform:vivid-000")
        #expect(notes[2].split(separator: " ").count == 83)
        #expect(notes[2].hasPrefix("YUYV UYVY YVYU"))
        #expect(notes[3] == "320x180 at 1, 2, 4, 5, 10, 12.5, 15, 25, 30, 40, 50, 60 frames/s")
        #expect(notes.last == "3840x2160 at 1, 2 frames/s")
    }

    @Test(
        "What cannot be opened",
        arguments: [
            ("open /dev/video7", "notFound"), ("open /dev/null", "notACamera"),
            ("open /etc/passwd", "notACamera"), ("open /dev/video1", "unsupported"),
            ("no permission", "noPermission"), ("busy", "busy"),
            ("unknown format", "formatRefused"), ("usb metadata node", "notACamera"),
            ("usb second reader", "busy"), ("buffers refused", "noBuffers"),
            ("queueing refused", "streamingFailed"), ("start refused", "streamingFailed"),
        ])
    func refusals(scenario: String, code: String) async throws {
        #expect(try await seen(scenario).error == code)
    }

    @Test func whatTheDriverChangesIsTold() async throws {
        let seen = try await seen("adjusted")
        #expect(seen.mode == "YUYV, 640x480, 25 frames/s")
        #expect(
            seen.adjustments == [
                "The camera gives YUYV instead of MJPG.",
                "The camera gives 640x480 pixels instead of 700x500.",
                "The camera gives 25 frames/s instead of 17.",
            ])
        #expect(seen.frames.map(\.shape) == [[480, 640, 1]])
    }

    @Test("Colors in every format", arguments: VividFormat.all)
    func bars(format: VividFormat) async throws {
        let seen = try await seen("bars in \(format.name)")
        guard let tolerance = format.tolerance else {
            #expect(seen.error == "formatRefused")
            #expect(seen.message?.contains("format \(format.name) ") == true)
            return
        }
        let frame = try #require(seen.frames.first)
        #expect(frame.shape == [180, 320, 3])
        #expect(isNear(frame.bars, format.bars, tolerance: tolerance), "\(frame.bars)")
    }

    @Test(
        "Grays are the same in every frame, and what they should be",
        arguments: [
            ("YUYV", 2), ("GREY", 1), ("RGB3", 0), ("NV12", 2),
        ])
    func ramp(format: String, tolerance: Int) async throws {
        let frames = try await seen("ramp in \(format)").frames
        #expect(frames.map(\.shape) == [[180, 320, 1], [180, 320, 1], [180, 320, 1]])
        #expect(Set(frames.map(\.checksum)).count == 1)
        let expected = (0..<8).map { [(2 * $0 + 1) * 16] }
        #expect(isNear(frames[0].bars, expected, tolerance: tolerance))
    }

    @Test func aSlowReaderGetsNewFrames() async throws {
        let seen = try await seen("slow reader")
        #expect(seen.frames[1].time >= 1)
        #expect(seen.missed >= 10)
    }

    @Test func aFlaggedFrameIsLeftOut() async throws {
        let seen = try await seen("flagged frame")
        #expect(seen.damaged == 1)
        #expect(seen.frames.count == 6)
        #expect(seen.error == nil)
    }

    @Test(
        "What ends a stream",
        arguments: [
            ("streaming failure", "streamingFailed"), ("disconnected", "unplugged"),
            ("silence", "stalled"), ("usb jpeg, then silence", "stalled"), ("usb noise", "stalled"),
            ("usb unplugged", "unplugged"),
        ])
    func endings(scenario: String, code: String) async throws {
        #expect(try await seen(scenario).error == code)
    }

    @Test("Frames that all are damaged count as none, however many come")
    func noise() async throws {
        let message = try #require(try await seen("usb noise").message)
        #expect(message.contains("damaged ones"))
    }

    @Test("The command that people use")
    func infer() async throws {
        let devices = try await seen("infer devices")
        #expect(devices.status == 0)
        #expect(devices.notes.count == 2)
        #expect(devices.notes[0].hasPrefix("note: /dev/video1: "))
        #expect(devices.notes[1].contains(#""path":"/dev/video0""#))
        #expect(
            devices.notes[1].contains(
                #"{"width":1280,"height":720,"rates":[1.0,2.0,4.0,5.0,10.0,12.5]}"#))

        let frames = try await seen("infer from a camera")
        #expect(frames.status == 0, "\(frames.notes)")
        #expect(frames.notes.filter { $0.contains(#""source":"/dev/video0""#) }.count == 2)

        let missing = try await seen("infer from a camera that is missing")
        #expect(missing.status == 1)
        #expect(missing.notes.contains { $0.contains("/dev/video7: there is no such camera.") })
    }

    @Test func waitingIsStopped() async throws {
        let seen = try await seen("stopped while waiting")
        #expect(seen.error == nil)
        #expect(seen.frames.isEmpty)
    }

    @Test("After every fault the camera can be used again")
    func recovery() async throws {
        #expect(try await seen("after all faults").frames.count == 3)
    }

    @Test(
        "A camera that comes back goes on",
        arguments: [
            ("reconnection", "found: RGB3, 320x180, 30 frames/s"),
            ("usb plugged in again", "found: MJPG, 640x480, 30 frames/s"),
        ])
    func reconnection(scenario: String, found: String) async throws {
        let seen = try await seen(scenario)
        #expect(seen.notes == ["lost: unplugged", found])
        #expect(seen.frames.count >= 3)
        #expect(zip(seen.frames, seen.frames.dropFirst()).allSatisfy { $0.index < $1.index })
        #expect(zip(seen.frames, seen.frames.dropFirst()).allSatisfy { $0.time < $1.time })
    }

    @Test func webcamsAreListedWithoutTheirOtherNode() async throws {
        #expect(
            try await seen("usb devices").notes == [
                "/dev/video0 Emulated webcam uvcvideo", "MJPG (Motion-JPEG)", "YUYV (YUYV 4:2:2)",
                "640x480 at 30, 15 frames/s", "320x240 at 30, 15 frames/s",
            ])
    }

    @Test("Frames in JPEG; the third is cut short, the fifth is noise")
    func jpegFrames() async throws {
        let seen = try await seen("usb jpeg, then silence")
        #expect(seen.mode == "MJPG, 640x480, 15 frames/s")
        // A reader that is slow leaves out frames without looking at them.
        #expect(seen.damaged + seen.missed >= 2)
        #expect(!seen.frames.isEmpty)
        for frame in seen.frames {
            #expect(frame.index != 2 && frame.index != 4)
            #expect(frame.shape == [480, 640, 3])
            let bars = CameraGuest.pictureBars[frame.index % 2]
            #expect(isNear(frame.bars, bars, tolerance: 4), "\(frame.index): \(frame.bars)")
        }
    }

    @Test("Frames in YUYV; the driver drops the third, which is cut short")
    func packedFrames() async throws {
        let seen = try await seen("usb packed")
        #expect(seen.mode == "YUYV, 320x240, 15 frames/s")
        #expect(seen.missed > 0)
        for frame in seen.frames {
            #expect(frame.index != 2)
            // The ramp of the camera, and its luma spread from 16...235 to 0...255.
            let bars = (0..<8).map { bar in
                let luma = (40 * bar + 20 + 4 * (frame.index + 1)) % 220
                return [min((luma * 255 + 109) / 219, 255)]
            }
            #expect(isNear(frame.bars, bars, tolerance: 2), "\(frame.index): \(frame.bars)")
        }
    }

    @Test("A cut frame that the driver passes on is flagged")
    func flaggedPackedFrames() async throws {
        let seen = try await seen("usb packed, nothing dropped")
        #expect(seen.damaged == 1)
        #expect(seen.frames.allSatisfy { $0.index != 2 })
    }

    private func isNear(_ bars: [[Int]], _ expected: [[Int]], tolerance: Int) -> Bool {
        bars.map(\.count) == expected.map(\.count)
            && zip(bars.joined(), expected.joined()).allSatisfy { abs($0 - $1) <= tolerance }
    }
}
