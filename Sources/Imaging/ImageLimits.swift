package import Files

/// How large a picture in a file may be.
///
/// A few bytes can promise a picture that fills the memory, so the promise is checked before any
/// is allocated.
public struct ImageLimits: Hashable, Sendable {
    /// The largest width and height.
    public var side: Int
    /// The largest product of width, height and channels.
    public var samples: Int
    /// The largest number of scans of a progressive JPEG file, each of which may cost as much time
    /// as the whole picture; cameras and programs write about ten.
    public var scans: Int

    /// Creates limits: by default 32,768 pixels a side, 2²⁸ samples, which is a picture of 256 MB,
    /// and 100 scans.
    public init(side: Int = 32_768, samples: Int = 1 << 28, scans: Int = 100) {
        self.side = side
        self.samples = samples
        self.scans = scans
    }

    /// Refuses a picture that promises more.
    package func check(
        width: Int, height: Int, channels: Int, name: String
    ) throws(FileError) {
        guard width > 0, height > 0 else {
            throw .damagedPicture(name, "it promises a picture without pixels")
        }
        guard width <= side, height <= side, width * height * channels <= samples else {
            throw FileError(
                .unsupported, at: name,
                "the picture of \(width)x\(height) pixels is larger than the limit of \(side) "
                    + "pixels a side and \(samples) samples. Make it smaller first.")
        }
    }
}

extension FileError {
    static func damagedPicture(_ name: String, _ reason: String) -> FileError {
        FileError(.damaged, at: name, "cannot read the picture: \(reason).")
    }
}
