import CV4L2
import Foundation

/// A camera that is there, and what it can do.
public struct CameraDevice: Hashable, Sendable {
    /// The path of the device: `/dev/video0`.
    public var path: String
    /// What it is called.
    public var name: String
    /// The driver of the kernel: `uvcvideo` of most webcams.
    public var driver: String
    /// Where it is plugged in.
    public var bus: String
    /// The formats of its frames.
    public var formats: [CameraFormat]

    /// Asks a camera, which may be in use, what it can do.
    ///
    /// - Parameter path: The path of the device.
    /// - Throws: `CaptureError` if it is missing, may not be opened, or does not capture video.
    public init(path: String) throws(CaptureError) {
        try self.init(VideoDevice(path: path, calls: .kernel))
    }

    init(_ device: borrowing VideoDevice) throws(CaptureError) {
        let capability = try device.captureCapability()
        path = device.path
        name = text(capability.card)
        driver = text(capability.driver)
        bus = text(capability.bus_info)
        formats = try device.formats()
    }

    /// All cameras.
    ///
    /// Nodes that do not capture video, such as those that describe the frames of a webcam, are
    /// left out.
    ///
    /// - Parameter report: Is told of those that cannot be used, and why.
    /// - Returns: The cameras, in the order of their numbers.
    public static func all(
        reporting report: (CaptureError) -> Void = { _ in }
    ) -> [CameraDevice] {
        let nodes = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
        return nodes.compactMap { node in
            node.hasPrefix("video") ? Int(node.dropFirst("video".count)) : nil
        }
        .sorted()
        .compactMap { number in
            do throws(CaptureError) {
                return try CameraDevice(path: "/dev/video\(number)")
            } catch {
                if error.code != .notACamera { report(error) }
                return nil
            }
        }
    }
}

/// The characters of a driver's field, up to the first zero.
func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
