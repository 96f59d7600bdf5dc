import Foundation

/// The cascades of Debian's package `opencv-data`; tests that read them are skipped without it.
enum OpenCVData {
    static let folder = URL(fileURLWithPath: "/usr/share/opencv4")

    static var isInstalled: Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "haarcascades/haarcascade_frontalface_default.xml").path)
    }
}
