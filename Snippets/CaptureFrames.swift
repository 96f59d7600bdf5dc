import Capture
import Foundation

for device in CameraDevice.all() {
    print(device.path, device.name)
    for format in device.formats { print(format, format.sizes) }
}

/// Writes what a camera sees in five seconds.
func record(_ path: String, to file: URL) throws {
    let request = CameraRequest(width: 1280, height: 720, frameRate: 30, color: .rgb)
    var camera = try Camera(path, request)
    print(camera.mode, camera.adjustments)
    var video = try VideoWriter(to: file, frameRate: camera.frameRate ?? 30)
    while let frame = try camera.nextFrame(), frame.time < .seconds(5) {
        try video.write(frame.image)
    }
    try video.finish()
}

try record("/dev/video0", to: URL(filePath: "seconds.avi"))
