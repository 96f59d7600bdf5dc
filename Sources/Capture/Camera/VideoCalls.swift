package import CV4L2
import Glibc

/// The system calls by which a camera is driven: the kernel's, or those that a test has written.
///
/// Each gives what the system call of its name gives, but the negated `errno` when that failed.
package struct VideoCalls: Sendable {
    /// Opens a device for reading and writing; gives its descriptor.
    package var open: @Sendable (_ path: String) -> Int32
    /// Closes a device.
    package var close: @Sendable (_ device: Int32) -> Void
    /// Asks a device for something; the argument is the structure that belongs to the request.
    package var control:
        @Sendable (_ device: Int32, _ request: V4L2Request, _ argument: UnsafeMutableRawPointer)
            -> Int32
    /// Waits at most some milliseconds for a frame; gives `POLLIN`, `POLLERR`, `POLLHUP`, or 0.
    package var poll: @Sendable (_ device: Int32, _ milliseconds: Int32) -> Int32
    /// Maps a buffer of a device into memory; nil if that fails.
    package var map:
        @Sendable (_ device: Int32, _ length: Int, _ offset: Int)
            -> UnsafeMutableRawPointer?
    /// Takes a buffer out of memory again.
    package var unmap: @Sendable (_ start: UnsafeMutableRawPointer, _ length: Int) -> Void
    /// The time of the clock that stamps frames, `CLOCK_MONOTONIC`.
    package var now: @Sendable () -> Duration
    /// Does nothing for a while.
    package var sleep: @Sendable (_ time: Duration) -> Void
}

extension VideoCalls {
    /// The kernel's own.
    package static let kernel = VideoCalls(
        open: { path in
            let device = Glibc.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            return device < 0 ? -errno : device
        },
        close: { _ = Glibc.close($0) },
        control: { v4l2_ask($0, $1, $2) },
        poll: { device, milliseconds in
            var entry = pollfd(fd: device, events: Int16(POLLIN), revents: 0)
            let count = Glibc.poll(&entry, 1, milliseconds)
            // A signal is no fault: the caller looks at its clock and comes again.
            return count < 0 && errno != EINTR ? -errno : count <= 0 ? 0 : Int32(entry.revents)
        },
        map: { device, length, offset in
            let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, device, offset)
            return start == MAP_FAILED ? nil : start
        },
        unmap: { munmap($0, $1) },
        now: {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        },
        sleep: { time in
            let (seconds, attoseconds) = time.components
            var left = timespec(
                tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
            nanosleep(&left, nil)
        })
}
