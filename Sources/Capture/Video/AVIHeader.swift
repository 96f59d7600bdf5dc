import Files

/// What an AVI file says of its first video stream.
struct AVIHeader {
    /// The number of the stream among all.
    var stream: Int
    /// What compressed the frames.
    var codec: FourCC
    /// Frames a second, where the file tells.
    var frameRate: Double?

    /// Reads a file up to its frames.
    ///
    /// - Throws: `FileError` if there is no video stream, or no frames.
    init(_ chunks: inout AVIChunks) throws(FileError) {
        var streams = -1
        var video: AVIHeader?
        var isVideo = false
        while let chunk = try chunks.next() {
            switch chunk.name {
            case FourCC("movi"):
                guard let video else { throw Self.damaged(chunks, "there is no video in the file") }
                self = video
                return
            case FourCC("strh"):
                streams += 1
                let head = try Self.bytes(28, of: chunk, in: &chunks)
                isVideo = FourCC(code: head.littleEndian(at: 0)) == FourCC("vids") && video == nil
                guard isVideo else { continue }
                let (scale, rate) = (head.littleEndian(at: 20), head.littleEndian(at: 24))
                // Without a scale there is no number in the range either.
                let frameRate = Double(rate) / Double(scale)
                video = AVIHeader(
                    stream: streams, codec: FourCC(code: head.littleEndian(at: 4)),
                    frameRate: FrameRatio.rates.contains(frameRate) ? frameRate : nil)
            case FourCC("strf") where isVideo:
                let format = try Self.bytes(20, of: chunk, in: &chunks)
                video?.codec = FourCC(code: format.littleEndian(at: 16))
            default:
                _ = try chunks.reader.skip(chunk.paddedSize)
            }
        }
        throw Self.damaged(chunks, "it ends before its first frame")
    }

    private init(stream: Int, codec: FourCC, frameRate: Double?) {
        self.stream = stream
        self.codec = codec
        self.frameRate = frameRate
    }

    /// The first bytes of a piece; the rest is passed over.
    private static func bytes(
        _ count: Int, of chunk: AVIChunk, in chunks: inout AVIChunks
    ) throws(FileError) -> ArraySlice<UInt8> {
        guard chunk.size >= count else { throw damaged(chunks, "the header is too short") }
        let bytes = try chunks.reader.take(count)
        guard bytes.count == count, try chunks.reader.skip(chunk.paddedSize - count) else {
            throw damaged(chunks, "it ends before its first frame")
        }
        return bytes
    }

    private static func damaged(_ chunks: AVIChunks, _ reason: String) -> FileError {
        FileError(
            .damaged, at: chunks.reader.source.name, "cannot read the AVI video: \(reason).")
    }
}
