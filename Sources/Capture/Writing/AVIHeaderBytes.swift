/// What stands at the beginning of an AVI file with one stream of motion JPEG.
struct AVIHeaderBytes {
    /// What each frame is called.
    static let frameName = "00dc"
    /// How many segments the index of indexes has room for.
    static let segmentLimit = 256

    /// The number of frames so far.
    var frames = 0

    private let width, height: Int
    private let ratio: FrameRatio
    /// An entry for each segment, of 16 bytes.
    private var indexes: [UInt8] = []
    private var segments = 0

    init(width: Int, height: Int, ratio: FrameRatio) {
        self.width = width
        self.height = height
        self.ratio = ratio
    }

    /// Enters a segment into the index of indexes.
    mutating func addSegment(indexStart: Int, indexSize: Int, frames: Int) {
        indexes.appendLittleEndian(UInt64(indexStart))
        indexes.appendLittleEndian(UInt32(indexSize))
        indexes.appendLittleEndian(UInt32(frames))
        segments += 1
    }

    /// The bytes, always as many; the size of the file, which is among them, is 0.
    var bytes: [UInt8] {
        Array("RIFF\0\0\0\0AVI ".utf8)
            + list(
                "hdrl", mainHeader + list("strl", streamHeader + format + index) + extendedHeader)
    }

    private var mainHeader: [UInt8] {
        var body: [UInt8] = []
        body.appendLittleEndian(UInt32(1_000_000 * ratio.seconds / ratio.frames))
        // No limit on bytes a second, no padding; has an index; no frames before the first.
        for value in [0, 0, 0x10, frames, 0, 1, 0, width, height, 0, 0, 0, 0] {
            body.appendLittleEndian(UInt32(value))
        }
        return chunk("avih", body)
    }

    private var streamHeader: [UInt8] {
        var body = Array("vidsMJPG".utf8)
        for value in [0, 0, 0, ratio.seconds, ratio.frames, 0, frames, 0] {
            body.appendLittleEndian(UInt32(value))
        }
        // The usual quality; samples of various sizes; where to show them.
        body.appendLittleEndian(UInt32.max)
        body.appendLittleEndian(UInt32(0))
        for value in [0, 0, width, height] {
            body.appendLittleEndian(UInt16(truncatingIfNeeded: value))
        }
        return chunk("strh", body)
    }

    private var format: [UInt8] {
        var body: [UInt8] = []
        for value in [40, width, height] { body.appendLittleEndian(UInt32(value)) }
        // One plane of 24 bits a pixel.
        body += [1, 0, 24, 0]
        body += "MJPG".utf8
        for value in [3 * width * height, 0, 0, 0, 0] {
            body.appendLittleEndian(UInt32(truncatingIfNeeded: value))
        }
        return chunk("strf", body)
    }

    private var index: [UInt8] {
        // Four numbers an entry; this is an index of indexes.
        var body: [UInt8] = [4, 0, 0, 0]
        body.appendLittleEndian(UInt32(segments))
        body += Self.frameName.utf8
        body += Array(repeating: 0, count: 12)
        body += indexes
        body += Array(repeating: 0, count: 16 * Self.segmentLimit - indexes.count)
        return chunk("indx", body)
    }

    private var extendedHeader: [UInt8] {
        var body: [UInt8] = []
        body.appendLittleEndian(UInt32(frames))
        return list("odml", chunk("dmlh", body + Array(repeating: 0, count: 244)))
    }

    private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        var bytes = Array(name.utf8)
        bytes.appendLittleEndian(UInt32(body.count))
        return bytes + body
    }

    private func list(_ kind: String, _ body: [UInt8]) -> [UInt8] {
        chunk("LIST", Array(kind.utf8) + body)
    }
}

extension [UInt8] {
    /// Adds the bytes of a number, the lowest first.
    mutating func appendLittleEndian(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
