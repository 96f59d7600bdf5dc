import CV4L2

/// Takes good frames from a stream, and counts the others.
struct CameraReader: ~Copyable {
    private let name: String
    private let stream: CameraStream
    private let converter: FrameConverter
    private let stallLimit: Duration
    private let isStopped: @Sendable () -> Bool
    private var firstSequence: Int?
    private var lastIndex = -1

    init(
        name: String, stream: consuming CameraStream, converter: FrameConverter,
        stallLimit: Duration, isStopped: @escaping @Sendable () -> Bool
    ) {
        self.name = name
        self.stream = stream
        self.converter = converter
        self.stallLimit = stallLimit
        self.isStopped = isStopped
    }

    /// Waits for the next good frame, whose time is that of the monotonic clock.
    ///
    /// - Returns: The frame, or nil when told to stop.
    mutating func nextFrame(counting counts: inout CameraCounts) throws(CaptureError) -> Frame? {
        var now = stream.now
        let deadline = now + stallLimit
        let damagedBefore = counts.damaged
        var mayWaitForNewer = true
        // The limit holds for good frames: a camera may send nothing but damaged ones.
        while now < deadline {
            if isStopped() { return nil }
            if try stream.wait(upTo: min(deadline - now, .milliseconds(100))),
                let (buffer, isStale) = try newestBuffer(counting: &counts)
            {
                if isStale, mayWaitForNewer {
                    mayWaitForNewer = false
                    try stream.requeue(buffer)
                } else if let frame = try frame(of: buffer, counting: &counts) {
                    return frame
                }
            }
            now = stream.now
        }
        let damaged = counts.damaged - damagedBefore
        throw CaptureError(
            .stalled, at: name,
            "no good frame came for \(CameraRates.text(stallLimit / .seconds(1))) s"
                + (damaged > 0 ? ", but \(damaged) damaged ones" : "")
                + ". Plug the camera in again, at another port or with a shorter cable.")
    }

    /// The newest of the frames that wait; the older ones go back to the driver.
    ///
    /// - Returns: The frame, and whether the driver had no buffer left for a newer one; nil if no
    ///   good frame waits.
    private mutating func newestBuffer(
        counting counts: inout CameraCounts
    ) throws(CaptureError) -> (buffer: v4l2_buffer, isStale: Bool)? {
        var newest: v4l2_buffer?
        var taken = 0
        while taken < stream.count, let buffer = try stream.dequeue() {
            taken += 1
            if firstSequence == nil { firstSequence = Int(buffer.sequence) }
            if buffer.isDamaged {
                counts.damaged += 1
                try stream.requeue(buffer)
            } else {
                if let newest { try stream.requeue(newest) }
                newest = buffer
            }
        }
        // With one or two buffers, a driver has seldom one left.
        return newest.map { ($0, taken == stream.count && taken > 2) }
    }

    /// Converts a frame, and gives its buffer back; nil if the frame is damaged.
    private mutating func frame(
        of buffer: v4l2_buffer, counting counts: inout CameraCounts
    ) throws(CaptureError) -> Frame? {
        let image = converter.picture(of: stream.bytes(of: buffer))
        try stream.requeue(buffer)
        guard let image else {
            counts.damaged += 1
            return nil
        }
        let time = buffer.time ?? stream.now
        // Some drivers number no frames.
        let index = max(Int(buffer.sequence) - (firstSequence ?? 0), lastIndex + 1)
        lastIndex = index
        counts.delivered += 1
        counts.missed = max(0, index + 1 - counts.delivered - counts.damaged)
        return Frame(image: image, source: name, index: index, time: time)
    }
}
