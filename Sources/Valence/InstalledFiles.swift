public import Files
public import Foundation

/// Where the files lie that a program of Valence needs: networks, song lists, cascades.
///
/// They are looked for in the folder that the environment variable `VALENCE_HOME` names, then in
/// `../share/valence` beside the executable, where `Scripts/install` puts them, then in the
/// resources that SwiftPM lays beside what it builds; cascades at last where Debian's package
/// `opencv-data` has them.
public struct InstalledFiles: Hashable, Sendable {
    /// The folders in the order in which they are searched.
    public let folders: [URL]

    /// The name of the network that is used where no other is named.
    public static let network = "sequential.safetensors"

    /// Where Debian has the cascades of OpenCV.
    private static let cascadeFolders = [
        "/usr/share/opencv4/haarcascades", "/usr/share/opencv4/lbpcascades",
    ]

    /// Looks up the folders.
    ///
    /// - Parameters:
    ///   - environment: Where `VALENCE_HOME` may be.
    ///   - executable: The folder of the executable.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL = InstalledFiles.executableFolder
    ) {
        let home = environment["VALENCE_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
        let shared = executable.deletingLastPathComponent().appending(path: "share/valence")
        // `Bundle.module` traps where this folder is gone, so it is never asked.
        let resources = executable.appending(path: "valence_Valence.resources")
        folders = (home.map { [$0] } ?? []) + [shared, resources]
    }

    /// Finds a file by its name.
    ///
    /// - Returns: Nil where no folder has it.
    public func find(_ name: String) -> URL? {
        folders.lazy.map { $0.appending(path: name) }.first { Self.isThere($0) }
    }

    /// Finds the network that is used where no other is named.
    ///
    /// - Throws: `FileError` where no folder has it.
    /// - Returns: The file.
    public func network() throws(FileError) -> URL {
        guard let file = find(Self.network) else {
            throw FileError(
                .notFound, at: Self.network,
                "the network that Valence ships is in none of \(searched). Name one by --weights, "
                    + "or its folder by VALENCE_HOME.")
        }
        return file
    }

    /// Finds a cascade of OpenCV.
    ///
    /// - Parameter name: The name of the file, such as `haarcascade_frontalface_alt2.xml`.
    /// - Throws: `FileError` where neither the folders nor OpenCV's have it.
    /// - Returns: The file.
    public func cascade(_ name: String) throws(FileError) -> URL {
        let debian = Self.cascadeFolders.lazy.map { URL(filePath: $0).appending(path: name) }
        guard let file = find(name) ?? debian.first(where: Self.isThere) else {
            throw FileError(
                .notFound, at: name,
                "there is no such cascade. Install those of OpenCV: sudo apt-get install "
                    + "opencv-data, or name a file by --cascade.")
        }
        return file
    }

    private var searched: String {
        folders.map { $0.path(percentEncoded: false) }.joined(separator: ", ")
    }

    private static func isThere(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
    }

    /// The folder of the executable, links to it followed.
    public static var executableFolder: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }
}
