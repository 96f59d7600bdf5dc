import CV4L2
import Capture
import Foundation
import Glibc
import _TestSupport

/// Uses the kernel's virtual camera, which has 83 formats and fails on demand.
func probeVivid(infer: String) throws {
    // The second camera has frames of several planes only.
    try run(
        "modprobe",
        [
            "vivid", "n_devs=2", "node_types=0x1,0x1", "num_inputs=1,1", "input_types=0,0",
            "vid_cap_nr=0,1", "multiplanar=1,2",
        ])
    wait { access("/dev/video1", F_OK) == 0 }
    Control.text.set(2)
    try probeCommand(infer)
    try probeOpening()
    try probeFormats()
    try probeFaults()
    try probeReconnection()
    try run("rmmod", ["vivid"])
}

private func probeCommand(_ infer: String) throws {
    for (name, arguments) in [
        ("infer devices", ["devices", "--json"]),
        ("infer from a camera", ["--camera", camera, "--frames", "2", "--json"]),
        ("infer from a camera that is missing", ["--camera", "/dev/video7"]),
    ] {
        try observe(name) { seen in
            let output = "/tmp/infer.log"
            seen.status = try run(infer, arguments, output: output)
            seen.notes = try String(contentsOfFile: output, encoding: .utf8)
                .split(separator: "\n").map(String.init)
        }
    }
}

/// What the driver can be told.
private enum Control: UInt32 {
    case pattern = 0x00F0_F000
    case text = 0x00F0_F001
    case droppedPercentage = 0x00F0_F040
    case disconnect, flagFrame, failBuffers, failQueueing, failStart, failStreaming

    func set(_ value: Int32 = 1) {
        let device = open(camera, O_RDWR)
        var control = CV4L2.v4l2_control(id: rawValue, value: value)
        if v4l2_ask(device, .setControl, &control) != 0 { print("cannot set \(self)") }
        close(device)
    }
}

private let camera = "/dev/video0"
private let small = CameraRequest(width: 320, height: 180, color: .rgb, stallLimit: .seconds(2))

private func probeOpening() throws {
    try observe("devices") { seen in
        let devices = CameraDevice.all { seen.notes.append("\($0.code) \($0)") }
        for device in devices {
            seen.notes.append("\(device.path) \(device.name) \(device.driver) \(device.bus)")
            let formats = device.formats.map(\.pixelFormat.description)
            seen.notes.append(formats.joined(separator: " "))
            seen.notes += device.formats.first?.sizes.map(\.description) ?? []
        }
    }
    for path in ["/dev/video7", "/dev/null", "/dev/video1", "/etc/passwd"] {
        try observe("open \(path)") { _ in _ = try Camera(path) }
    }
    try observe("no permission") { _ in
        seteuid(65_534)
        defer { seteuid(0) }
        _ = try Camera(camera)
    }
    try observe("busy") { _ in
        var first = try Camera(camera)
        _ = try first.nextFrame()
        _ = try Camera(camera)
    }
    try observe("adjusted") { seen in
        let request = CameraRequest(
            width: 700, height: 500, frameRate: 17, pixelFormat: PixelFormat("MJPG"))
        var camera = try Camera(camera, request)
        try seen.read(1, from: &camera)
    }
    try observe("unknown format") { _ in
        _ = try Camera(camera, CameraRequest(pixelFormat: PixelFormat("H264")))
    }
    try observe("slow reader") { seen in
        var camera = try Camera(camera, small)
        try seen.read(1, from: &camera)
        sleep(1)
        try seen.read(2, from: &camera)
    }
}

private func probeFormats() throws {
    for format in try CameraDevice(path: camera).formats.map(\.pixelFormat) {
        try observe("bars in \(format)") { seen in
            Control.pattern.set(1)
            var request = small
            request.pixelFormat = format
            var camera = try Camera(camera, request)
            try seen.read(1, from: &camera)
        }
    }
    for format in ["YUYV", "GREY", "RGB3", "NV12"] {
        try observe("ramp in \(format)") { seen in
            Control.pattern.set(20)
            var request = small
            request.color = .grayscale
            request.pixelFormat = PixelFormat(format)
            var camera = try Camera(camera, request)
            try seen.read(3, from: &camera)
        }
    }
}

private func probeFaults() throws {
    try observe("flagged frame") { seen in
        var camera = try Camera(camera, small)
        try seen.read(2, from: &camera)
        Control.flagFrame.set()
        try seen.read(4, from: &camera)
    }
    for (name, control) in [
        ("buffers refused", Control.failBuffers), ("queueing refused", .failQueueing),
        ("start refused", .failStart),
    ] {
        try observe(name) { _ in
            control.set()
            _ = try Camera(camera, small)
        }
    }
    for (name, control) in [
        ("streaming failure", Control.failStreaming), ("disconnected", .disconnect),
    ] {
        try observe(name) { seen in
            var camera = try Camera(camera, small)
            try seen.read(2, from: &camera)
            control.set()
            try seen.read(10, from: &camera)
        }
        wait { access(camera, F_OK) == 0 }
    }
    try observe("silence") { seen in
        Control.droppedPercentage.set(100)
        defer { Control.droppedPercentage.set(0) }
        var request = small
        request.stallLimit = .seconds(1)
        var camera = try Camera(camera, request)
        try seen.read(1, from: &camera)
    }
    try observe("stopped while waiting") { seen in
        Control.droppedPercentage.set(100)
        defer { Control.droppedPercentage.set(0) }
        let start = ContinuousClock.now
        var camera = try Camera(camera, small) { start.duration(to: .now) > .milliseconds(300) }
        try seen.read(1, from: &camera)
    }
    try observe("after all faults") { seen in
        var camera = try Camera(camera, small)
        try seen.read(3, from: &camera)
    }
}

private func probeReconnection() throws {
    try observe("reconnection") { seen in
        let notes = Notes()
        var camera = try ReconnectingCamera(camera, small, reporting: notes.add)
        let driver = URL(filePath: "/sys/bus/platform/drivers/vivid")
        for number in 0..<6 {
            if number == 3 {
                try Data("vivid.0".utf8).write(to: driver.appending(path: "unbind"))
                Thread.detachNewThread {
                    usleep(500_000)
                    try? Data("vivid.0".utf8).write(to: driver.appending(path: "bind"))
                }
            }
            if let frame = try camera.nextFrame() { seen.frames.append(.init(frame)) }
        }
        seen.notes = notes.all
    }
}
