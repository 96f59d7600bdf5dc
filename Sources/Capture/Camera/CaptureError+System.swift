import CV4L2
import Glibc

extension CaptureError {
    /// The error of a device that could not be opened, `open(2)`.
    static func opening(_ number: Int32, at path: String) -> CaptureError {
        switch number {
        case ENOENT, ENOTDIR, EISDIR, ENODEV, ENXIO:
            CaptureError(
                .notFound, at: path,
                "there is no such camera. Plug it in, and see which there are: infer devices.")
        case EACCES, EPERM:
            CaptureError(
                .noPermission, at: path,
                "you may not use the camera. Add yourself to the group video "
                    + "(sudo usermod -aG video $USER), and log in again.")
        case EBUSY: .busy(at: path)
        default:
            CaptureError(
                .streamingFailed, at: path,
                "cannot open the camera: \(reason(number)). Plug it in again.")
        }
    }

    /// The error of a request that failed, `ioctl(2)` and the manual of Video4Linux.
    static func request(
        _ request: V4L2Request, _ number: Int32, at path: String
    ) -> CaptureError {
        switch (request, number) {
        case (_, ENODEV), (_, ENXIO): .unplugged(at: path)
        case (_, EBUSY): .busy(at: path)
        case (.queryCapability, ENOTTY), (.queryCapability, EINVAL):
            CaptureError(
                .notACamera, at: path,
                "is no video device. See which cameras there are: infer devices.")
        case (.setFormat, EINVAL):
            CaptureError(
                .formatRefused, at: path,
                "the camera refuses the format: \(reason(number)). "
                    + "See which it has: infer devices.")
        case (.requestBuffers, _), (.queryBuffer, _):
            CaptureError(
                .noBuffers, at: path,
                "the camera gives no buffers for frames (\(request.name): \(reason(number))). "
                    + "Choose a smaller size, or plug it in again.")
        default:
            CaptureError(
                .streamingFailed, at: path,
                "the camera's driver failed (\(request.name): \(reason(number))). "
                    + "Plug the camera in again.")
        }
    }

    static func busy(at path: String) -> CaptureError {
        CaptureError(.busy, at: path, "another program uses the camera. Close it first.")
    }

    static func unplugged(at path: String) -> CaptureError {
        CaptureError(
            .unplugged, at: path, "the camera was unplugged. Plug it in again.")
    }

    private static func reason(_ number: Int32) -> String {
        String(cString: strerror(number)).lowercased()
    }
}

extension V4L2Request {
    /// Its name in the manual.
    var name: String {
        switch self {
        case .queryCapability: "VIDIOC_QUERYCAP"
        case .enumerateFormat: "VIDIOC_ENUM_FMT"
        case .enumerateSize: "VIDIOC_ENUM_FRAMESIZES"
        case .enumerateInterval: "VIDIOC_ENUM_FRAMEINTERVALS"
        case .setFormat: "VIDIOC_S_FMT"
        case .getParameters: "VIDIOC_G_PARM"
        case .setParameters: "VIDIOC_S_PARM"
        case .requestBuffers: "VIDIOC_REQBUFS"
        case .queryBuffer: "VIDIOC_QUERYBUF"
        case .queueBuffer: "VIDIOC_QBUF"
        case .dequeueBuffer: "VIDIOC_DQBUF"
        case .streamOn: "VIDIOC_STREAMON"
        case .streamOff: "VIDIOC_STREAMOFF"
        case .setControl: "VIDIOC_S_CTRL"
        }
    }
}
