import Capture
import Foundation
import Glibc
import _TestSupport

private let camera = "/dev/video0"

/// Uses the kernel's driver of webcams, with a webcam in software.
///
/// - Parameters:
///   - program: The webcam, `_USBCamera`.
///   - pictures: What it shows.
/// - Throws: Errors of the system.
func probeUSB(camera program: String, pictures: [String]) throws {
    for module in ["vhci-hcd", "uvcvideo"] { try run("modprobe", [module]) }
    let jpeg = CameraRequest(
        pixelFormat: .mjpg, color: .rgb, stallLimit: .seconds(2))

    /// Plugs a webcam in, and out afterwards.
    func withCamera(
        _ options: [String], _ pictures: [String] = pictures, _ body: () throws -> Void
    ) throws {
        let webcam = try start(program, options + pictures)
        wait { access(camera, F_OK) == 0 }
        try body()
        kill(webcam, SIGTERM)
        waitpid(webcam, nil, 0)
        wait { access(camera, F_OK) != 0 }
    }

    try withCamera(["-c", "3", "-n", "5", "-s", "12"]) {
        try observe("usb devices") { seen in
            for device in CameraDevice.all(reporting: { seen.notes.append("\($0)") }) {
                seen.notes.append("\(device.path) \(device.name) \(device.driver)")
                seen.notes += device.formats.map(\.description)
                seen.notes += device.formats.first?.sizes.map(\.description) ?? []
            }
        }
        // The driver makes the node of the metadata after that of the pictures.
        wait { access("/dev/video1", F_OK) == 0 }
        try observe("usb metadata node") { _ in _ = try Camera("/dev/video1") }
        try observe("usb jpeg, then silence") { seen in
            var request = jpeg
            request.frameRate = 15
            var camera = try Camera(camera, request)
            try seen.read(20, from: &camera)
        }
        try observe("usb packed") { seen in
            let request = CameraRequest(
                width: 320, height: 240, frameRate: 15, pixelFormat: .yuyv)
            var camera = try Camera(camera, request)
            try seen.read(6, from: &camera)
        }
        try observe("usb second reader") { _ in
            var first = try Camera(camera, jpeg)
            _ = try first.nextFrame()
            _ = try Camera(camera, jpeg)
        }
    }
    try withCamera([], []) {
        try observe("usb noise") { seen in
            var camera = try Camera(camera, jpeg)
            try seen.read(1, from: &camera)
        }
    }
    try Data("1".utf8).write(to: URL(filePath: "/sys/module/uvcvideo/parameters/nodrop"))
    try withCamera(["-c", "3"]) {
        try observe("usb packed, nothing dropped") { seen in
            let request = CameraRequest(
                width: 320, height: 240, frameRate: 15, pixelFormat: .yuyv)
            var camera = try Camera(camera, request)
            try seen.read(6, from: &camera)
        }
    }
    try withCamera(["-u", "6"]) {
        try observe("usb unplugged") { seen in
            var camera = try Camera(camera, jpeg)
            try seen.read(20, from: &camera)
        }
    }
    try withCamera(["-u", "6", "-r", "500"]) {
        try observe("usb plugged in again") { seen in
            let notes = Notes()
            var camera = try ReconnectingCamera(camera, jpeg, reporting: notes.add)
            while notes.all.count < 2 || seen.frames.count < 10,
                let frame = try camera.nextFrame()
            {
                seen.frames.append(.init(frame))
            }
            seen.notes = notes.all
        }
    }
}
