import CTurboJPEG
import Files
import Tensor

extension Image {
    static let jpegSignature: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// Decodes a JPEG file, grayscale or color, with the accurate transform.
    init(
        jpeg bytes: UnsafeRawBufferPointer, name: String, channels: Int?, limits: ImageLimits,
        appliesOrientation: Bool
    ) throws(FileError) {
        let segments = JPEGSegments(bytes)
        guard segments.scanCount <= limits.scans else {
            throw FileError(
                .unsupported, at: name,
                "the picture has \(segments.scanCount) scans, the limit is \(limits.scans). Save it "
                    + "anew as an ordinary JPEG file.")
        }
        // Nobody can tell how large a picture may be that is coded in less than a bit a block.
        guard !segments.isArithmeticCoded else {
            throw FileError(
                .unsupported, at: name,
                "is a JPEG picture with arithmetic coding. Save it anew as an ordinary JPEG file.")
        }
        let handle = tjInitDecompress()
        defer { tjDestroy(handle) }
        let file = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let size = UInt(bytes.count)
        var (width, height, sampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let status = tjDecompressHeader3(handle, file, size, &width, &height, &sampling, &space)
        guard status == 0 else { throw .damagedPicture(name, Self.reason(handle)) }
        guard space != TJCS_CMYK.rawValue, space != TJCS_YCCK.rawValue else {
            throw FileError(
                .unsupported, at: name,
                "is a JPEG picture with the four colors of print (CMYK). Convert it to RGB.")
        }
        let channels = channels ?? (space == TJCS_GRAY.rawValue ? 1 : 3)
        let format = channels == 1 ? TJPF_GRAY : TJPF_RGB
        // Of a picture of several scans the decoder keeps all components, also for grayscale.
        try limits.check(
            width: Int(width), height: Int(height),
            channels: max(channels, segments.componentCount), name: name)
        // Memory is touched for what a progressive file promises, so a block of 64 pixels must have
        // a bit at least.
        guard Int(width) * Int(height) / 512 <= bytes.count else {
            throw .damagedPicture(name, "it promises more pixels than it can hold")
        }
        let flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS
        var isWhole = false
        let samples = [UInt8](unsafeUninitializedCapacity: Int(width) * Int(height) * channels) {
            let status = tjDecompress2(
                handle, file, size, $0.baseAddress, width, 0, height, format.rawValue, flags)
            isWhole = status == 0 || Self.isHarmless(handle, in: bytes)
            $1 = isWhole ? $0.count : 0
        }
        guard isWhole else { throw .damagedPicture(name, Self.reason(handle)) }
        self.init(width: Int(width), height: Int(height), channels: channels, samples: samples)
        if appliesOrientation, let orientation = segments.orientation { self = turned(orientation) }
    }

    /// The picture as the bytes of a JPEG file, with loss but without subsampling of color.
    ///
    /// - Parameter quality: From 1 (smallest) to 100 (best).
    /// - Returns: The bytes of the file.
    /// - Precondition: The picture has pixels, at most 65,500 a side.
    /// - Complexity: O(*n*) in the number of samples.
    public func jpegData(quality: Int = 95) -> [UInt8] {
        require((1...100).contains(quality), "JPEG quality is 1 to 100, not \(quality)")
        require(
            (1...65_500).contains(width) && (1...65_500).contains(height),
            "a JPEG file cannot hold a picture of \(width)x\(height)")
        let handle = tjInitCompress()
        defer { tjDestroy(handle) }
        let format = channels == 1 ? TJPF_GRAY : TJPF_RGB
        let sampling = channels == 1 ? TJSAMP_GRAY : TJSAMP_444
        let capacity = tjBufSize(Int32(width), Int32(height), Int32(sampling.rawValue))
        return [UInt8](unsafeUninitializedCapacity: Int(capacity)) { buffer, count in
            var start = buffer.baseAddress
            var size = capacity
            let status = tjCompress2(
                handle, samples, Int32(width), 0, Int32(height), format.rawValue, &start, &size,
                Int32(sampling.rawValue), Int32(quality), TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT)
            require(status == 0, "TurboJPEG cannot encode: \(Self.reason(handle))")
            count = Int(size)
        }
    }

    /// Whether the picture is good although TurboJPEG warned.
    ///
    /// To it a truncated file is but worth a warning: the missing part would be gray. Bytes too many,
    /// however, are what many cameras leave before the end of their pictures. Only the first warning
    /// is told, so the end has to be there too.
    private static func isHarmless(_ handle: tjhandle?, in bytes: UnsafeRawBufferPointer) -> Bool {
        let end = (bytes.lastIndex { $0 != 0 } ?? 0) + 1
        return tjGetErrorCode(handle) == TJERR_WARNING.rawValue
            && reason(handle).contains("extraneous bytes before marker")
            && bytes[..<end].suffix(2).elementsEqual([0xFF, 0xD9])
    }

    private static func reason(_ handle: tjhandle?) -> String {
        String(cString: tjGetErrorStr2(handle))
    }
}
