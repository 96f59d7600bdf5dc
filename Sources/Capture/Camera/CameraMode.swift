/// How a camera gives its frames, as its driver has settled it.
public struct CameraMode: Hashable, Sendable {
    /// How the bytes stand for pixels.
    public var pixelFormat: PixelFormat
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int
    /// Frames a second, if the driver tells.
    public var frameRate: Double?

    /// What a person should know of the difference to what was asked for, a sentence each.
    func adjustments(of request: CameraRequest) -> [String] {
        var sentences: [String] = []
        if let wanted = request.pixelFormat, wanted != pixelFormat {
            sentences.append("The camera gives \(pixelFormat) instead of \(wanted).")
        }
        if (width, height) != (request.width, request.height) {
            sentences.append(
                "The camera gives \(width)x\(height) pixels instead of "
                    + "\(request.width)x\(request.height).")
        }
        if let wanted = request.frameRate, let frameRate, abs(frameRate - wanted) > 0.01 * wanted {
            sentences.append(
                "The camera gives \(CameraRates.text(frameRate)) frames/s instead of "
                    + "\(CameraRates.text(wanted)).")
        }
        return sentences
    }
}

extension CameraMode: CustomStringConvertible {
    /// Format, size and rate: `YUYV, 640x480, 30 frames/s`.
    public var description: String {
        let rate = frameRate.map { ", \(CameraRates.text($0)) frames/s" } ?? ""
        return "\(pixelFormat), \(width)x\(height)\(rate)"
    }
}
