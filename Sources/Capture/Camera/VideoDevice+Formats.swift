import CV4L2
import Glibc

extension VideoDevice {
    /// The formats, sizes and rates of the device.
    ///
    /// - Throws: `CaptureError` if the device is gone; one that has no list has no formats.
    func formats() throws(CaptureError) -> [CameraFormat] {
        var first = v4l2_fmtdesc()
        first.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        let number = attempt(.enumerateFormat, &first)
        guard [0, EINVAL, ENOTTY].contains(number) else {
            throw .request(.enumerateFormat, number, at: path)
        }
        return list { index -> CameraFormat? in
            var entry = v4l2_fmtdesc()
            entry.index = index
            entry.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
            guard attempt(.enumerateFormat, &entry) == 0 else { return nil }
            return CameraFormat(
                pixelFormat: PixelFormat(code: entry.pixelformat), name: text(entry.description),
                sizes: sizes(of: entry.pixelformat),
                isCompressed: entry.flags & UInt32(V4L2_FMT_FLAG_COMPRESSED) != 0)
        }
    }

    private func sizes(of format: UInt32) -> [CameraSize] {
        var isRange = false
        return list { index -> CameraSize? in
            var entry = v4l2_frmsizeenum()
            entry.index = index
            entry.pixel_format = format
            // A range is the only entry, and the drivers are not asked for a second.
            guard !isRange, attempt(.enumerateSize, &entry) == 0 else { return nil }
            guard entry.type != V4L2_FRMSIZE_TYPE_DISCRETE.rawValue else {
                let (width, height) = (entry.discrete.width, entry.discrete.height)
                return CameraSize(
                    width: SteppedRange(Int(width)), height: SteppedRange(Int(height)),
                    rates: rates(of: format, width: width, height: height))
            }
            isRange = true
            let sizes = entry.stepwise
            return CameraSize(
                width: SteppedRange(
                    Int(sizes.min_width), Int(sizes.max_width), step: Int(sizes.step_width)),
                height: SteppedRange(
                    Int(sizes.min_height), Int(sizes.max_height), step: Int(sizes.step_height)),
                rates: rates(of: format, width: sizes.max_width, height: sizes.max_height))
        }
    }

    private func rates(of format: UInt32, width: UInt32, height: UInt32) -> CameraRates {
        var range: ClosedRange<Double>?
        let rates = list { index -> Double? in
            var entry = v4l2_frmivalenum()
            entry.index = index
            entry.pixel_format = format
            entry.width = width
            entry.height = height
            guard range == nil, attempt(.enumerateInterval, &entry) == 0 else { return nil }
            guard entry.type != V4L2_FRMIVAL_TYPE_DISCRETE.rawValue else {
                return entry.discrete.rate
            }
            if let slowest = entry.stepwise.max.rate, let fastest = entry.stepwise.min.rate {
                range = min(slowest, fastest)...max(slowest, fastest)
            }
            return nil
        }
        return range.map { .range($0) } ?? .discrete(rates)
    }

    /// What a driver lists, up to the first index that it refuses.
    ///
    /// No driver has a thousand entries; one that never refuses must not hold the program.
    private func list<Entry>(_ entry: (UInt32) -> Entry?) -> [Entry] {
        var entries: [Entry] = []
        while entries.count < 1_000, let next = entry(UInt32(entries.count)) {
            entries.append(next)
        }
        return entries
    }
}

extension CameraMode {
    /// The mode that a driver has settled.
    init(_ format: v4l2_pix_format, frameRate: Double?) {
        self.init(
            pixelFormat: PixelFormat(code: format.pixelformat), width: Int(format.width),
            height: Int(format.height), frameRate: frameRate)
    }
}

extension v4l2_pix_format {
    /// The format to ask for, with whatever encoding of color the driver likes.
    init(_ mode: CameraMode) {
        self.init()
        width = UInt32(clamping: mode.width)
        height = UInt32(clamping: mode.height)
        pixelformat = mode.pixelFormat.code
        field = V4L2_FIELD_NONE.rawValue
    }
}

extension v4l2_fract {
    /// The time between frames of a rate: 1/30 s of 30, 100/2997 s of 29.97.
    init(rate: Double) {
        let scale: UInt32 = rate == rate.rounded() ? 1 : 1_000
        self.init(
            numerator: scale,
            denominator: UInt32(min(max((rate * Double(scale)).rounded(), 1), 1e9)))
    }

    /// Frames a second, of a time between frames.
    var rate: Double? {
        numerator > 0 && denominator > 0 ? Double(denominator) / Double(numerator) : nil
    }
}
