public import Files
public import Foundation
import Synchronization
import Tensor

/// Finds faces in pictures with a cascade of OpenCV's, by the method of Viola and Jones.
///
/// With the same cascade and the same options it finds what OpenCV's `detectMultiScale` finds.
///
/// ```swift
/// let detector = try FaceDetector(cascade: try FaceDetector.defaultCascade(), threads: 2)
/// for face in detector.faces(in: image) { print(face.box, face.score) }
/// ```
///
/// Several tasks may use a detector at once. What it needs for a size of picture is planned at the
/// first picture and kept, so pictures of a camera cost no memory of their own.
public struct FaceDetector: Sendable {
    /// Which faces are looked for; everything means what it means in OpenCV.
    public struct Options: Hashable, Sendable {
        /// How much larger each size of the search is than the one before, at least 1.01.
        public var scaleFactor: Double
        /// How many overlapping finds a face needs besides the first; 0 gives every single find.
        public var minNeighbors: Int
        /// The side of the smallest face, in pixels; 0 stands for the cascade's own window.
        public var minSize: Int
        /// The side of the largest face, in pixels; 0 stands for the picture's own.
        public var maxSize: Int

        /// Creates options; the default ones find the most.
        public init(
            scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Int = 0, maxSize: Int = 0
        ) {
            self.scaleFactor = scaleFactor
            self.minNeighbors = minNeighbors
            self.minSize = minSize
            self.maxSize = maxSize
        }

        /// Whether other options differ in what is made of the finds only.
        func findsSameWindows(as other: Options) -> Bool {
            var other = other
            other.minNeighbors = minNeighbors
            return self == other
        }
    }

    private let scanners: Scanners

    /// Reads a cascade.
    ///
    /// - Parameters:
    ///   - cascade: An XML file of OpenCV's, with Haar features or local binary patterns, in the
    ///     layout of today or the older one.
    ///   - threads: The number of threads that share a picture, at least 1.
    /// - Throws: `FileError` if the file cannot be read, is damaged, or is no such cascade.
    public init(cascade: URL, threads: Int = 2) throws(FileError) {
        self.init(try CascadeFile.read(cascade), threads: threads)
    }

    /// Creates a detector from a cascade that has no fault.
    init(_ cascade: Cascade, threads: Int) {
        require(threads >= 1, "a detector needs 1 thread or more, not \(threads)")
        scanners = Scanners(cascade, threads: threads)
    }

    /// Finds the faces of a picture.
    ///
    /// Where no size of the search is within the limits of the options, the one that comes closest
    /// to the smallest face is searched, as OpenCV does it. Of more than 100,000 finds, which no
    /// cascade makes that tells faces from other things, those of the largest faces are left out.
    ///
    /// - Parameters:
    ///   - image: Color pictures are converted to grayscale first.
    ///   - options: Which faces are looked for.
    /// - Returns: The faces, the surest first; none in pictures that are smaller than the smallest
    ///   face.
    /// - Precondition: The scale factor is at least 1.01, and no option is negative.
    public func faces(in image: Image, options: Options = Options()) -> [DetectedFace] {
        require(
            options.scaleFactor >= 1.01 && options.minNeighbors >= 0 && options.minSize >= 0
                && options.maxSize >= 0,
            "\(options) are no options: the scale factor is at least 1.01, the others at least 0")
        let windows = scanners.withScanner { scanner in
            scanner.windows(in: image.grayscale(), options: options)
        }
        return WindowGroups.faces(of: windows, minNeighbors: options.minNeighbors)
            .map { $0.clipped(to: image) }
    }
}

/// As many scanners as tasks use a detector at once.
private final class Scanners: Sendable {
    private let cascade: Cascade
    private let threads: Int
    private let idle = Mutex<[FaceScanner]>([])

    init(_ cascade: Cascade, threads: Int) {
        self.cascade = cascade
        self.threads = threads
    }

    func withScanner(_ body: (FaceScanner) -> [FaceWindow]) -> [FaceWindow] {
        let scanner = idle.withLock { $0.popLast() } ?? FaceScanner(cascade, threads: threads)
        defer { idle.withLock { $0.append(scanner) } }
        return body(scanner)
    }
}
