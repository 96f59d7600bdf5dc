/// A format of the kernel's virtual camera, and what its color bars become.
struct VividFormat: CustomStringConvertible, Sendable {
    /// Its four characters.
    var name: String
    /// How far samples may be from the true ones; nil if the format is refused.
    var tolerance: Int?
    /// White, yellow, cyan, green, magenta, red, blue, black.
    var bars: [[Int]]

    var description: String { name }

    private static let colors = [
        [255, 255, 255], [255, 255, 0], [0, 255, 255], [0, 255, 0], [255, 0, 255], [255, 0, 0],
        [0, 0, 255], [0, 0, 0],
    ]
    /// The lumas of the colors; the camera computes them as BT.709 does.
    private static let grays = [255, 237, 201, 182, 73, 54, 18, 0].map { [$0, $0, $0] }
    /// libv4lconvert takes the hue for one of 256 steps; the camera has 180.
    private static let misreadHues = [
        [255, 255, 255], [153, 255, 0], [59, 0, 255], [0, 255, 213], [255, 0, 213], [255, 0, 0],
        [255, 0, 85], [0, 0, 0],
    ]

    static let all: [VividFormat] =
        formats(tolerance: 3, "YUYV UYVY YU12 NV12")
        // libv4lconvert does not spread luma from 16...235 to 0...255.
        + formats(tolerance: 21, "YVYU YV12 NV16 NV61")
        + formats(tolerance: 2, "GREY Y16 Y16-BE", bars: grays)
        + formats(tolerance: 7, "RGBP")
        + formats(tolerance: 0, "RGB3 BGR3 RGB4 BGR4 BX24 XR24 BA24 AR24")
        + formats(
            tolerance: 0,
            "BA81 GBRG GRBG RGGB BG10 GB10 BA10 RG10 BYR2 GB16 GR16 RG16")
        + formats(tolerance: 0, "HSV3 HSV4", bars: misreadHues)
        + formats(
            tolerance: nil,
            """
            VYUY 422P NV21 NV24 NV42 YUVO YUVP Y444 YUV4 AYUV XYUV VUYA VUYX YUVA YUVX Y10 Y12 RGB1 \
            RGBR R444 XR12 AR12 RX12 RA12 XB12 AB12 BX12 GA12 RGBO XR15 AR15 RX15 RA15 XB15 AB15 \
            BX15 BA15 RGBQ XR15-BE AR15-BE BGRH XB24 RX24 AB24 RA24 BG12 GB12 BA12 RG12
            """)

    private static func formats(
        tolerance: Int?, _ names: String, bars: [[Int]] = colors
    ) -> [VividFormat] {
        names.split(separator: " ").map {
            VividFormat(name: String($0), tolerance: tolerance, bars: bars)
        }
    }
}
