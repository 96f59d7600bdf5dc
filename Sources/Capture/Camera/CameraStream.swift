import CV4L2
import Glibc

/// The buffers of a camera that is streaming; they and the device are freed at the end of its life.
struct CameraStream: ~Copyable {
    private let device: VideoDevice
    private var buffers: [UnsafeMutableRawBufferPointer] = []

    /// Maps buffers, gives them to the driver and starts.
    init(_ device: consuming VideoDevice) throws(CaptureError) {
        self.device = device
        // One that the driver fills, one that is read, and two for the moments between.
        var request = Self.request(count: 4)
        try self.device.perform(.requestBuffers, &request)
        guard request.count > 0 else {
            throw .request(.requestBuffers, ENOMEM, at: self.device.path)
        }
        for index in 0..<request.count {
            var buffer = Self.buffer(index)
            try self.device.perform(.queryBuffer, &buffer)
            buffers.append(try self.device.map(buffer))
            try self.device.perform(.queueBuffer, &buffer)
        }
        var type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        try self.device.perform(.streamOn, &type)
    }

    // A device that was unplugged refuses all of this, and nobody needs to know.
    deinit {
        var type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        _ = device.attempt(.streamOff, &type)
        for buffer in buffers {
            if let start = buffer.baseAddress { device.calls.unmap(start, buffer.count) }
        }
        var request = Self.request(count: 0)
        _ = device.attempt(.requestBuffers, &request)
    }

    /// The number of buffers.
    var count: Int { buffers.count }

    /// The time of the clock that stamps frames.
    var now: Duration { device.calls.now() }

    /// Waits for a frame.
    ///
    /// - Returns: Whether one may be there.
    /// - Throws: `CaptureError` if none will come any more.
    func wait(upTo time: Duration) throws(CaptureError) -> Bool {
        let events = try device.wait(upTo: time)
        guard events & (POLLERR | POLLHUP | POLLNVAL) != 0 else { return events & POLLIN != 0 }
        // What has happened only the next request tells. One that tells of nothing must not be
        // believed: `poll` would return at once for ever.
        if let buffer = try dequeue() {
            try requeue(buffer)
        }
        throw events & POLLHUP != 0
            ? .unplugged(at: device.path) : .request(.dequeueBuffer, EIO, at: device.path)
    }

    /// Takes the oldest frame from the driver; nil if there is none.
    func dequeue() throws(CaptureError) -> v4l2_buffer? {
        var buffer = Self.buffer(0)
        let number = device.attempt(.dequeueBuffer, &buffer)
        if number == EAGAIN { return nil }
        if number != 0 { throw .request(.dequeueBuffer, number, at: device.path) }
        guard buffers.indices.contains(Int(buffer.index)) else {
            throw .request(.dequeueBuffer, EIO, at: device.path)
        }
        return buffer
    }

    /// Gives a buffer back to the driver, to be filled again.
    func requeue(_ buffer: v4l2_buffer) throws(CaptureError) {
        var empty = Self.buffer(buffer.index)
        try device.perform(.queueBuffer, &empty)
    }

    /// The bytes of a frame, there until its buffer is given back.
    func bytes(of buffer: v4l2_buffer) -> UnsafeRawBufferPointer {
        let whole = buffers[Int(buffer.index)]
        return UnsafeRawBufferPointer(rebasing: whole.prefix(Int(buffer.bytesused)))
    }

    private static func request(count: UInt32) -> v4l2_requestbuffers {
        var request = v4l2_requestbuffers()
        request.count = count
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        request.memory = V4L2_MEMORY_MMAP.rawValue
        return request
    }

    private static func buffer(_ index: UInt32) -> v4l2_buffer {
        var buffer = v4l2_buffer()
        buffer.index = index
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        buffer.memory = V4L2_MEMORY_MMAP.rawValue
        return buffer
    }
}

extension v4l2_buffer {
    /// Whether the driver says that the frame is damaged.
    var isDamaged: Bool { flags & UInt32(V4L2_BUF_FLAG_ERROR) != 0 }

    /// When the frame was taken; nil if by another clock than the monotonic one.
    var time: Duration? {
        guard
            flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK)
                == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
        else { return nil }
        return .seconds(timestamp.tv_sec) + .microseconds(timestamp.tv_usec)
    }
}
