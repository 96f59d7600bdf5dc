/// A camera that does not give pictures, or bytes of one that cannot be used.
///
/// Files are read with `FileError`.
public struct CaptureError: Error, Hashable, Sendable {
    /// What kind of thing went wrong.
    public enum Code: String, Hashable, Sendable {
        /// There is no such device.
        case notFound
        /// Another program uses the device.
        case busy
        /// The system does not let this user open the device.
        case noPermission
        /// The device takes no pictures.
        case notACamera
        /// The device has none of the formats, sizes or rates that were asked for.
        case formatRefused
        /// The device gives no buffers to read frames from.
        case noBuffers
        /// No good frame has come for too long.
        case stalled
        /// The device went away.
        case unplugged
        /// The device or its driver failed while it streamed.
        case streamingFailed
        /// The bytes of a frame are too few, or are not what their format says.
        case damaged
        /// The frames have a format that nothing here converts.
        case unsupported
    }

    /// What kind of thing went wrong.
    public var code: Code
    /// The device, file or frame: `/dev/video0`.
    public var location: String
    /// What happened and how to mend it, one sentence each.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, at location: String, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }
}

extension CaptureError: CustomStringConvertible {
    /// One line: the place and what happened there.
    public var description: String { "\(location): \(message)" }
}
