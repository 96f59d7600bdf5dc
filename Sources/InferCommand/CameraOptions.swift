public import ArgumentParser
public import Capture

/// What is wanted of a camera.
struct CameraOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The size of the frames; the camera's nearest is taken. (default: 640x480)",
            valueName: "WxH"))
    var size: FrameSize?

    @Option(help: ArgumentHelp("Frames a second. (default: what is nearest to 30)", valueName: "n"))
    var rate: Double?

    @Option(
        help: ArgumentHelp(
            "The format of the frames: YUYV, MJPG ... (default: the quickest to convert)",
            valueName: "fourcc"))
    var pixelFormat: PixelFormat?

    @Flag(help: "When the camera goes away, wait for it and go on.")
    var reconnect = false

    func validate() throws {
        if let rate, !(rate > 0 && rate <= 1000) {
            throw ValidationError("--rate is above 0 and at most 1000, not \(rate).")
        }
    }

    /// What to ask the camera for.
    func request(color: FrameColor) -> CameraRequest {
        CameraRequest(
            width: size?.width ?? 640, height: size?.height ?? 480, frameRate: rate,
            pixelFormat: pixelFormat, color: color)
    }

    /// Checks that these options are given for a camera.
    ///
    /// - Throws: `ValidationError` where there is none.
    func check(with choice: SourceChoice) throws {
        if case .camera = choice { return }
        if size != nil || rate != nil || pixelFormat != nil || reconnect {
            throw ValidationError(
                "--size, --rate, --pixel-format and --reconnect go with --camera.")
        }
    }
}

/// The size of a frame: `640x480`.
struct FrameSize: ExpressibleByArgument {
    let width: Int
    let height: Int

    init?(argument: String) {
        let numbers = argument.split(separator: "x", omittingEmptySubsequences: false)
            .map { Int($0) ?? 0 }
        guard numbers.count == 2, numbers.allSatisfy((1...32_768).contains) else { return nil }
        (width, height) = (numbers[0], numbers[1])
    }
}

extension PixelFormat: ExpressibleByArgument {
    /// Reads the four characters of a format: `YUYV`.
    public init?(argument: String) {
        self.init(argument)
    }
}
