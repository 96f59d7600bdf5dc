import Foundation
import Glibc

/// Uses the cameras of a machine in many ways, and prints what it saw, a line of JSON each.
///
///     _CameraProbe INFER USB-CAMERA PICTURE.jpg...
///
/// It runs as root in a guest (Scripts/v4l2-guest), loads the drivers itself, and makes them fail.
@main
enum CameraProbe {
    static func main() throws {
        let arguments = CommandLine.arguments
        try probeVivid(infer: arguments[1])
        try probeUSB(camera: arguments[2], pictures: Array(arguments[3...]))
    }
}
