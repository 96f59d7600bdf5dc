import Files
import Imaging
import Kernels

/// Writes Y4M: pictures in color as limited BT.601, of which 2 x 2 pixels share their color, and
/// grayscale ones as they are.
final class Y4MEncoder: VideoEncoder {
    private let file: OutputFile
    private let ratio: FrameRatio
    private var channels = 0

    init(_ file: OutputFile, _ ratio: FrameRatio) {
        self.file = file
        self.ratio = ratio
    }

    func begin(with first: Image) throws(FileError) {
        channels = first.channels
        let samples =
            channels == 1 ? "Cmono XCOLORRANGE=FULL" : "C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED"
        try file.append(
            Array(
                """
                YUV4MPEG2 W\(first.width) H\(first.height) F\(ratio.frames):\(ratio.seconds) Ip A1:1 \
                \(samples)\n
                """.utf8))
    }

    func append(_ image: Image) throws(FileError) {
        try file.append(Array("FRAME\n".utf8))
        guard channels == 3 else { return try file.append(image.grayscale().samples) }
        let shape = YUVShape.planar(
            height: image.height, width: image.width, lumaStride: image.width, rowsPerColor: 2,
            columnsPerColor: 2)
        let picture = image.rgb()
        try file.append(
            [UInt8](unsafeUninitializedCapacity: shape.byteCount) { target, count in
                let target = UnsafeMutableBufferPointer(rebasing: target[..<shape.byteCount])
                picture.samples.withUnsafeBufferPointer {
                    sharedYUVFromRGB($0, into: target, shape: shape)
                }
                count = target.count
            })
    }

    func finish() throws(FileError) {
        try file.close()
    }
}
