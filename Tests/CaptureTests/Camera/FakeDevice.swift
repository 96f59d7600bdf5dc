import CV4L2
import Glibc

@testable import Capture

/// A camera that exists in these tests only.
///
/// Its frames are GREY with their number as luma, and it fails as told. Each test has its own, on
/// one thread.
final class FakeDevice: @unchecked Sendable {
    struct State {
        var abilities = UInt32(V4L2_CAP_VIDEO_CAPTURE) | UInt32(V4L2_CAP_STREAMING)
        var formats: [PixelFormat] = [.yuyv, .grey]
        /// What the driver makes of a format, in silence.
        var adjust: @Sendable (inout v4l2_pix_format) -> Void = { _ in }
        var interval = v4l2_fract(numerator: 1, denominator: 30)
        /// The errors of the next requests of a kind.
        var errors: [V4L2Request: [Int32]] = [:]
        /// The errors of the next times that the device is opened.
        var openErrors: [Int32] = []
        /// What `poll` reports besides frames.
        var events: Int32 = 0
        /// Frames that are ready; each has its flags, and how many bytes it lacks.
        var frames: [(flags: Int32, missing: Int)] = []
        /// Frames that come one by one, each after a time of waiting in vain.
        var framesAfterWaiting: [(flags: Int32, missing: Int)] = []
        var now: Duration = .zero

        fileprivate(set) var isOpen = false
        fileprivate(set) var isStreaming = false
        fileprivate(set) var mapped: [UnsafeMutableRawPointer] = []
        fileprivate(set) var requests: [V4L2Request] = []
        fileprivate var format = v4l2_pix_format()
        fileprivate var queue: [Int] = []
        fileprivate var sequence: UInt32 = 10
    }

    var state = State()

    /// How often something was asked for.
    func count(of request: V4L2Request) -> Int {
        state.requests.count { $0 == request }
    }

    /// Whether nothing is left open, mapped or running.
    var isReleased: Bool { !state.isOpen && !state.isStreaming && state.mapped.isEmpty }

    /// The system calls that lead to this device.
    var calls: VideoCalls {
        VideoCalls(
            open: { [self] _ in
                guard state.openErrors.isEmpty else { return -state.openErrors.removeFirst() }
                state.isOpen = true
                return 3
            },
            close: { [self] _ in state.isOpen = false },
            control: { [self] _, request, argument in -state.answer(request, argument) },
            poll: { [self] _, milliseconds in
                if state.frames.isEmpty && state.events == 0 {
                    state.now += .milliseconds(Int(milliseconds))
                    if !state.framesAfterWaiting.isEmpty {
                        state.frames.append(state.framesAfterWaiting.removeFirst())
                    }
                }
                return state.events | (state.frames.isEmpty ? 0 : POLLIN)
            },
            map: { [self] _, length, _ in
                state.mapped.append(.allocate(byteCount: length, alignment: 16))
                return state.mapped.last
            },
            unmap: { [self] start, _ in
                state.mapped.removeAll { $0 == start }
                start.deallocate()
            },
            now: { [self] in state.now },
            sleep: { [self] time in state.now += time })
    }
}

extension FakeDevice.State {
    /// Answers a request as a driver does; gives the number of the error.
    fileprivate mutating func answer(
        _ request: V4L2Request, _ argument: UnsafeMutableRawPointer
    ) -> Int32 {
        requests.append(request)
        if let error = errors[request]?.first {
            errors[request]?.removeFirst()
            if error != 0 { return error }
        }
        switch request {
        case .queryCapability:
            let capability = argument.assumingMemoryBound(to: v4l2_capability.self)
            capability.pointee.capabilities = UInt32(V4L2_CAP_DEVICE_CAPS)
            capability.pointee.device_caps = abilities
        case .enumerateFormat:
            let entry = argument.assumingMemoryBound(to: v4l2_fmtdesc.self)
            guard Int(entry.pointee.index) < formats.count else { return EINVAL }
            entry.pointee.pixelformat = formats[Int(entry.pointee.index)].code
        case .enumerateSize, .enumerateInterval: return ENOTTY
        case .setFormat:
            let pointer = argument.assumingMemoryBound(to: v4l2_format.self)
            adjust(&pointer.pointee.fmt.pix)
            pointer.pointee.fmt.pix.bytesperline = pointer.pointee.fmt.pix.width
            pointer.pointee.fmt.pix.sizeimage =
                pointer.pointee.fmt.pix.width * pointer.pointee.fmt.pix.height
            format = pointer.pointee.fmt.pix
        case .getParameters, .setParameters:
            argument.assumingMemoryBound(to: v4l2_streamparm.self).pointee.parm.capture
                .timeperframe = interval
        case .requestBuffers: break
        case .queryBuffer:
            argument.assumingMemoryBound(to: v4l2_buffer.self).pointee.length = format.sizeimage
        case .queueBuffer:
            queue.append(Int(argument.assumingMemoryBound(to: v4l2_buffer.self).pointee.index))
        case .dequeueBuffer:
            guard !frames.isEmpty, !queue.isEmpty else { return EAGAIN }
            fill(&argument.assumingMemoryBound(to: v4l2_buffer.self).pointee)
        case .streamOn: isStreaming = true
        case .streamOff: isStreaming = false
        case .setControl: break
        }
        return 0
    }

    private mutating func fill(_ buffer: inout v4l2_buffer) {
        let frame = frames.removeFirst()
        let index = queue.removeFirst()
        memset(mapped[index], Int32(sequence), Int(format.sizeimage))
        buffer.index = UInt32(index)
        buffer.sequence = sequence
        buffer.bytesused = format.sizeimage - UInt32(frame.missing)
        buffer.flags = UInt32(frame.flags) | UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
        buffer.timestamp = timeval(tv_sec: 100, tv_usec: Int(sequence) * 1_000)
        sequence += 1
    }
}
