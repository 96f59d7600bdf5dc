public import Files
public import Foundation

/// Finds faces in pictures.
public struct FaceDetector: Sendable {
    /// Which faces are looked for.
    public struct Options: Hashable, Sendable {
        /// How much larger each size of the search is than the one before.
        public var scaleFactor = 1.1
        /// How many overlapping finds make a face.
        public var minNeighbors = 3
        /// The side of the smallest face, in pixels.
        public var minSize = 0
        /// The side of the largest face, in pixels; 0 stands for the picture's own.
        public var maxSize = 0

        /// Creates the default options.
        public init() {}
    }

    /// Reads a cascade.
    public init(cascade: URL, threads: Int = 2) throws(FileError) {}

    /// Finds the faces of a picture.
    public func faces(in image: Image, options: Options = Options()) -> [DetectedFace] { [] }
}
