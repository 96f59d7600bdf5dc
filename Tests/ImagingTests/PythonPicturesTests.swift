import Foundation
import Imaging
import Testing
import _TestSupport

/// What Pillow and OpenCV make of the same pictures.
struct PythonPicturesTests {
    private static let hint: Comment =
        "no Python with numpy, Pillow and OpenCV: install them, or set VALENCE_PYTHON"

    /// Runs a script that reads `color.png` and `gray.png` and writes others; the body compares.
    private func withPictures(
        _ script: String, _ body: (_ folder: URL, _ color: Image, _ gray: Image) throws -> Void
    ) async throws {
        let color = Image.waves(width: 121, height: 87, channels: 3)
        // Half noise, so that fine patterns are among what is compared.
        var gray = Image.noise(width: 97, height: 110, channels: 1)
        for index in 0..<5000 { gray.samples[index] = UInt8(40 + index % 97) }
        try await withTemporaryFolder { folder in
            try color.write(to: folder.appending(path: "color.png"))
            try gray.write(to: folder.appending(path: "gray.png"))
            try await Python.run(Self.preamble + script, in: folder)
            try body(folder, color, gray)
        }
    }

    private static let preamble = """
        import cv2, numpy as np
        from PIL import Image, ImageOps
        sizes = [(48, 48), (10, 90), (121, 87), (60, 29), (1, 1)]
        names = ["color", "gray"]

        """

    private func expect(
        _ picture: Image, isNearly file: String, in folder: URL, within limit: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try Image(contentsOf: folder.appending(path: file))
            .converted(toChannels: picture.channels)
        #expect(picture.samples.count == expected.samples.count, sourceLocation: sourceLocation)
        let differences = zip(picture.samples, expected.samples).map { abs(Int($0) - Int($1)) }
        let largest = differences.max() ?? 0
        #expect(largest <= limit, "\(file)", sourceLocation: sourceLocation)
    }

    @Test(
        "Resized pictures are theirs", .enabled(hint) { await Python.canImport("PIL", "cv2") })
    func resize() async throws {
        let script = """
            for name in names:
                for w, h in sizes:
                    Image.open(f"{name}.png").resize((w, h), Image.BILINEAR).save(f"{name}-{w}.png")
                    area = cv2.resize(cv2.imread(f"{name}.png", cv2.IMREAD_UNCHANGED), (w, h),
                                      interpolation=cv2.INTER_AREA)
                    cv2.imwrite(f"{name}-{w}-area.png", area)
            """
        try await withPictures(script) { folder, color, gray in
            for (name, picture) in [("color", color), ("gray", gray)] {
                for (width, height) in [(48, 48), (10, 90), (121, 87), (60, 29), (1, 1)] {
                    try expect(
                        picture.resized(height: height, width: width),
                        isNearly: "\(name)-\(width).png", in: folder, within: 1)
                    // Where a side grows, OpenCV does something else.
                    guard width <= picture.width, height <= picture.height else { continue }
                    try expect(
                        picture.resized(height: height, width: width, by: .area),
                        isNearly: "\(name)-\(width)-area.png", in: folder, within: 1)
                }
            }
        }
    }

    @Test(
        "Gray levels, borders and equalization are theirs",
        .enabled(hint) { await Python.canImport("PIL", "cv2") })
    func pixels() async throws {
        let script = """
            Image.open("color.png").convert("L").save("luma.png")
            gray, color = cv2.imread("gray.png", 0), cv2.imread("color.png")
            cv2.imwrite("equalized.png", cv2.equalizeHist(gray))
            for name, kind in ("replicate", cv2.BORDER_REPLICATE), ("constant", cv2.BORDER_CONSTANT):
                bordered = cv2.copyMakeBorder(color, 7, 3, 20, 11, kind, value=(9, 9, 9))
                cv2.imwrite(f"{name}.png", bordered)
            """
        try await withPictures(script) { folder, color, gray in
            try expect(color.grayscale(), isNearly: "luma.png", in: folder, within: 0)
            try expect(gray.equalized(), isNearly: "equalized.png", in: folder, within: 0)
            let part = Rectangle(x: -20, y: -7, width: 152, height: 97)
            try expect(
                color.cropped(to: part), isNearly: "replicate.png", in: folder, within: 0)
            try expect(
                color.cropped(to: part, border: .constant(9)), isNearly: "constant.png", in: folder,
                within: 0)
        }
    }

    @Test(
        "Files that they wrote are read as they read them",
        .enabled(hint) { await Python.canImport("PIL", "cv2") })
    func files() async throws {
        let script = """
            for name in names:
                for orientation in range(1, 9):
                    for kind in "jpg", "png":
                        exif = Image.Exif()
                        exif[0x010F] = "a maker"
                        exif[0x0112] = orientation
                        file = f"{name}-{orientation}.{kind}"
                        Image.open(f"{name}.png").save(file, exif=exif, quality=90,
                                                       progressive=orientation % 2 == 0)
                        ImageOps.exif_transpose(Image.open(file)).save(f"{file}.upright.png")
            """
        try await withPictures(script) { folder, color, gray in
            for name in ["color", "gray"] {
                for orientation in 1...8 {
                    for kind in ["jpg", "png"] {
                        let file = "\(name)-\(orientation).\(kind)"
                        // Both decode by libjpeg-turbo, Pillow by its fast upsampling of color.
                        try expect(
                            Image(contentsOf: folder.appending(path: file)),
                            isNearly: "\(file).upright.png", in: folder,
                            within: kind == "jpg" ? 3 : 0)
                    }
                }
            }
        }
    }

    @Test(
        "They read files that we wrote", .enabled(hint) { await Python.canImport("PIL", "cv2") })
    func written() async throws {
        let color = Image.waves(width: 121, height: 87, channels: 3)
        try await withTemporaryFolder { folder in
            try color.write(to: folder.appending(path: "ours.png"))
            try color.write(to: folder.appending(path: "ours.jpg"))
            let script = """
                from PIL import Image
                for kind in "png", "jpg":
                    Image.open(f"ours.{kind}").save(f"theirs-{kind}.png")
                """
            try await Python.run(script, in: folder)
            try expect(color, isNearly: "theirs-png.png", in: folder, within: 0)
            try expect(color, isNearly: "theirs-jpg.png", in: folder, within: 8)
        }
    }
}
