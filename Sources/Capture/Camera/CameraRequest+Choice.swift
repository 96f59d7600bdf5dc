extension CameraRequest {
    /// The format and size to ask a camera for.
    ///
    /// - Parameters:
    ///   - formats: What the camera lists.
    ///   - path: What messages call the camera.
    ///   - canConvert: Whether a format can be converted.
    /// - Returns: The wanted format even if it is not listed, as lists may be incomplete;
    ///   otherwise of those that can be converted the one whose size, then whose rate is nearest to
    ///   the wanted, and then the one that is quickest to convert.
    /// - Throws: `CaptureError` if no format can be converted.
    func choice(
        among formats: [CameraFormat], at path: String, canConvert: (PixelFormat) -> Bool
    ) throws(CaptureError) -> CameraMode {
        let listed = formats.filter { canConvert($0.pixelFormat) }
        if let pixelFormat {
            guard canConvert(pixelFormat) else {
                throw .unknownFormat(pixelFormat, offered: listed, at: path)
            }
            let sizes = formats.first { $0.pixelFormat == pixelFormat }?.sizes ?? []
            return nearest(of: sizes, in: pixelFormat).mode
        }
        let candidates = listed.map { nearest(of: $0.sizes, in: $0.pixelFormat) }
        let best = candidates.min {
            ($0.distance, $0.slowness, cost(of: $0.mode.pixelFormat))
                < ($1.distance, $1.slowness, cost(of: $1.mode.pixelFormat))
        }
        guard let best else {
            let names = formats.map(\.description).joined(separator: ", ")
            throw CaptureError(
                .formatRefused, at: path,
                "no format of the camera can be converted: \(names). Use another camera.")
        }
        return best.mode
    }

    /// The size that is nearest to the wanted one, and how far its size and its rate are off.
    private func nearest(
        of sizes: [CameraSize], in pixelFormat: PixelFormat
    ) -> (mode: CameraMode, distance: Int, slowness: Double) {
        let candidates = sizes.map { size in
            let rate = size.rates.nearest(to: targetRate)
            let mode = CameraMode(
                pixelFormat: pixelFormat, width: size.width.nearest(to: width),
                height: size.height.nearest(to: height), frameRate: rate)
            return (
                mode: mode, distance: abs(mode.width - width) + abs(mode.height - height),
                // Drivers count in fractions of seconds: 29.97 is what is meant by 30.
                slowness: max(0, 0.99 * targetRate - (rate ?? targetRate))
            )
        }
        let wanted = CameraMode(
            pixelFormat: pixelFormat, width: width, height: height, frameRate: frameRate)
        return candidates.min { ($0.distance, $0.slowness) < ($1.distance, $1.slowness) }
            ?? (wanted, 0, 0)
    }

    /// The rank of a format by the time that its conversion takes.
    private func cost(of format: PixelFormat) -> Int {
        let ranks: [[PixelFormat]] =
            color == .grayscale
            ? [[.grey], [.yu12, .nv12], [.yuyv, .uyvy], [.rgb3, .bgr3], [.mjpg]]
            : [[.rgb3, .bgr3], [.yuyv, .uyvy], [.yu12, .nv12], [.mjpg]]
        // A camera in color may offer gray, too, which is no answer to who wants color.
        let last = format == .grey ? ranks.count + 1 : ranks.count
        return ranks.firstIndex { $0.contains(format) } ?? last
    }
}

extension CaptureError {
    /// A format that nothing here converts.
    static func unknownFormat(
        _ format: PixelFormat, offered: [CameraFormat], at path: String
    ) -> CaptureError {
        let names = offered.map(\.pixelFormat.description).joined(separator: ", ")
        return CaptureError(
            .formatRefused, at: path,
            "frames of the format \(format) cannot be converted. "
                + (names.isEmpty ? "Use another camera." : "Choose one of \(names)."))
    }
}
