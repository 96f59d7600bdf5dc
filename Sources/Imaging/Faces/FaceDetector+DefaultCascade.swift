public import Files
public import Foundation

extension FaceDetector {
    /// Where Debian's package `opencv-data` and builds of OpenCV put cascades.
    private static let folders = [
        "/usr/share/opencv4", "/usr/local/share/opencv4", "/usr/share/opencv",
        "/usr/share/OpenCV",
    ]

    /// The cascade of OpenCV's that serves best, `haarcascade_frontalface_alt2`, where this machine
    /// has it: it finds about as many faces as any other, with a third of the false alarms.
    ///
    /// - Throws: `FileError` if there is none.
    public static func defaultCascade() throws(FileError) -> URL {
        try cascade(named: "haarcascade_frontalface_alt2")
    }

    /// Finds one of OpenCV's cascades by its name, such as `haarcascade_profileface`.
    ///
    /// It is looked for in the folder that the environment variable `OPENCV_DATA` names, then where
    /// Debian's package and builds of OpenCV put them.
    ///
    /// - Throws: `FileError` if there is none.
    public static func cascade(named name: String) throws(FileError) -> URL {
        let chosen = ProcessInfo.processInfo.environment["OPENCV_DATA"].map { [$0] } ?? []
        for folder in chosen + folders {
            for part in ["", "haarcascades/", "lbpcascades/"] {
                let path = "\(folder)/\(part)\(name).xml"
                if FileManager.default.fileExists(atPath: path) {
                    return URL(fileURLWithPath: path)
                }
            }
        }
        throw FileError(
            .notFound, at: "\(name).xml",
            "there is no such cascade in \(folders[0]). "
                + "Install it with: apt-get install opencv-data")
    }
}
