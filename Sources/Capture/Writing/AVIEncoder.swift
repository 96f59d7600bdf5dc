import Files
import Imaging

/// Writes AVI of motion JPEG, in segments as OpenDML has them: each below a gigabyte with an index of
/// its own, so that the file may be larger than the four gigabytes which AVI once could hold.
///
/// The sizes in the heads and the index of indexes are corrected when a segment ends. Before that
/// they are 0, which players take for a file that somebody still writes.
final class AVIEncoder: VideoEncoder {
    private let file: OutputFile
    private let ratio: FrameRatio
    private let quality: Int
    private let segmentLimit: Int

    private var header: AVIHeaderBytes?
    private var segment: Segment?
    private var segments = 0
    private var frames = 0

    /// A stretch of the file that a RIFF head begins, and the frames in it.
    private struct Segment {
        /// Where the segment begins, and the list of its frames.
        var start: Int
        var listStart: Int
        /// Where each picture begins in the file, and its size.
        var frames: [(start: Int, size: Int)] = []
    }

    init(_ file: OutputFile, _ ratio: FrameRatio, quality: Int, segmentLimit: Int = 1 << 30) {
        self.file = file
        self.ratio = ratio
        self.quality = quality
        self.segmentLimit = segmentLimit
    }

    func begin(with first: Image) throws(FileError) {
        let header = AVIHeaderBytes(width: first.width, height: first.height, ratio: ratio)
        self.header = header
        try file.append(header.bytes)
        segment = Segment(start: 0, listStart: try beginFrames())
    }

    func append(_ image: Image) throws(FileError) {
        let jpeg = image.jpegData(quality: quality)
        if let segment, file.count + jpeg.count - segment.start > segmentLimit,
            !segment.frames.isEmpty
        {
            try endSegment()
            try beginSegment()
        }
        var chunk = Array(AVIHeaderBytes.frameName.utf8)
        chunk.appendLittleEndian(UInt32(jpeg.count))
        let place = file.count + chunk.count
        chunk += jpeg
        if chunk.count % 2 == 1 { chunk.append(0) }
        try file.append(chunk)
        segment?.frames.append((place, jpeg.count))
        frames += 1
    }

    func finish() throws(FileError) {
        try endSegment()
        try file.close()
    }

    private func beginSegment() throws(FileError) {
        guard segments < AVIHeaderBytes.segmentLimit else {
            throw FileError(
                .unsupported, at: file.path,
                "the video has more than \(segments) gigabytes. Write several files.")
        }
        let start = file.count
        try file.append(Array("RIFF\0\0\0\0AVIX".utf8))
        segment = Segment(start: start, listStart: try beginFrames())
    }

    /// Begins the list of the frames of a segment, and returns where it stands.
    private func beginFrames() throws(FileError) -> Int {
        let start = file.count
        try file.append(Array("LIST\0\0\0\0movi".utf8))
        return start
    }

    /// Writes the indexes of a segment and the sizes that are known now.
    private func endSegment() throws(FileError) {
        guard let segment, var header else { return }
        let index = segmentIndex(of: segment)
        header.addSegment(
            indexStart: file.count, indexSize: index.count, frames: segment.frames.count)
        try file.append(index)
        try correct(sizeAt: segment.listStart)
        if segments == 0 { try file.append(oldIndex(of: segment)) }
        segments += 1
        try correct(sizeAt: segment.start)
        header.frames = frames
        // What comes before is the size of the first segment.
        try file.overwrite(Array(header.bytes[8...]), at: 8)
        self.header = header
        self.segment = nil
    }

    /// The frames of a segment, for players that know OpenDML.
    private func segmentIndex(of segment: Segment) -> [UInt8] {
        var bytes = Array("ix00".utf8)
        bytes.appendLittleEndian(UInt32(24 + 8 * segment.frames.count))
        // Two numbers a frame; this is an index of frames.
        bytes += [2, 0, 0, 1]
        bytes.appendLittleEndian(UInt32(segment.frames.count))
        bytes += AVIHeaderBytes.frameName.utf8
        bytes.appendLittleEndian(UInt64(segment.start))
        bytes.appendLittleEndian(UInt32(0))
        for frame in segment.frames {
            bytes.appendLittleEndian(UInt32(frame.start - segment.start))
            bytes.appendLittleEndian(UInt32(frame.size))
        }
        return bytes
    }

    /// The frames of the first segment, for players that do not.
    private func oldIndex(of segment: Segment) -> [UInt8] {
        var bytes = Array("idx1".utf8)
        bytes.appendLittleEndian(UInt32(16 * segment.frames.count))
        for frame in segment.frames {
            bytes += AVIHeaderBytes.frameName.utf8
            // All can be shown without those before them.
            bytes.appendLittleEndian(UInt32(0x10))
            // From the name of the list's kind to the head of the frame.
            bytes.appendLittleEndian(UInt32(frame.start - 8 - (segment.listStart + 8)))
            bytes.appendLittleEndian(UInt32(frame.size))
        }
        return bytes
    }

    /// Writes the size of what began at a place and ends here.
    private func correct(sizeAt start: Int) throws(FileError) {
        var size: [UInt8] = []
        size.appendLittleEndian(UInt32(file.count - start - 8))
        try file.overwrite(size, at: start + 4)
    }
}
