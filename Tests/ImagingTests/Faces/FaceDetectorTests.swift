import Files
import Foundation
import Testing
import Train
import _TestSupport

@testable import Imaging

struct FaceDetectorTests {
    /// Drawn faces on noise, with the places of their middles.
    private static let picture: (image: Image, centers: [Point]) = {
        var image = Image.waves(width: 320, height: 240, channels: 1)
        let faces = SyntheticFaces.dataset(count: 2, seed: 3)
        let places = [(x: 20, y: 60, side: 96), (x: 180, y: 40, side: 120)]
        for (index, place) in places.enumerated() {
            let face = faces.image(at: index).resized(height: place.side, width: place.side)
            for row in 0..<place.side {
                for column in 0..<place.side {
                    image.samples[(place.y + row) * 320 + place.x + column] =
                        face.samples[row * place.side + column]
                }
            }
        }
        let centers = places.map { place in
            Point(
                x: Double(place.x + place.side / 2), y: Double(place.y + place.side / 2))
        }
        return (image, centers)
    }()

    @Test("Finds drawn faces where they are", .enabled(if: OpenCVData.isInstalled))
    func findsFaces() throws {
        let detector = try FaceDetector(
            cascade: try FaceDetector.defaultCascade(), threads: 2)
        let faces = detector.faces(in: Self.picture.image)
        for center in Self.picture.centers {
            #expect(
                faces.contains { face in
                    abs(face.box.center.x - center.x) < 20 && abs(face.box.center.y - center.y) < 25
                }, "\(center): \(faces)")
        }
    }

    @Test(
        "The files of OpenCV find what the slow oracle finds with them",
        .enabled(if: OpenCVData.isInstalled),
        arguments: [
            "haarcascade_frontalface_default", "haarcascade_frontalface_alt2",
            "haarcascade_profileface", "haarcascade_righteye_2splits", "lbpcascade_frontalface",
        ])
    func agreesWithTheOracle(name: String) throws {
        let cascade = try CascadeFile.read(try FaceDetector.cascade(named: name))
        // One of the faces, in 38 pixels: the oracle takes its time.
        let image = Self.picture.image
            .cropped(to: Rectangle(x: 165, y: 25, width: 150, height: 150))
            .resized(height: 48, width: 48)
        let windows = FaceScanner(cascade, threads: 2)
            .windows(in: image, options: .init(scaleFactor: 1.1))
        let expected = CascadeOracle(cascade: cascade, image: image).windows(scaleFactor: 1.1)
        func places(_ windows: [FaceWindow]) -> Set<[Int]> {
            Set(windows.map { [$0.x, $0.y, $0.width, $0.height] })
        }
        #expect(places(windows) == places(expected))
        #expect(!expected.isEmpty || !name.contains("frontalface"))
    }

    @Test(
        "Boxes are those of OpenCV",
        .enabled("no cascades of OpenCV, or no Python with it: set VALENCE_PYTHON") {
            let canImport = await Python.canImport("cv2")
            return OpenCVData.isInstalled && canImport
        })
    func agreesWithOpenCV() async throws {
        let options = [
            FaceDetector.Options(), .init(scaleFactor: 1.3, minNeighbors: 5), .init(minSize: 110),
            .init(maxSize: 110),
        ]
        let detector = try FaceDetector(cascade: try FaceDetector.defaultCascade())
        try await withTemporaryFolder { folder in
            try Self.picture.image.write(to: folder.appending(path: "faces.png"))
            let cascade = try FaceDetector.defaultCascade().path
            for options in options {
                let printed = try await Python.run(
                    """
                    import cv2
                    boxes = cv2.CascadeClassifier("\(cascade)").detectMultiScale(
                        cv2.imread("faces.png", cv2.IMREAD_GRAYSCALE), \(options.scaleFactor),
                        \(options.minNeighbors), 0, (\(options.minSize), \(options.minSize)),
                        (\(options.maxSize), \(options.maxSize)))
                    for box in boxes: print(*box)
                    """, in: folder)
                let expected = printed.split(separator: "\n").map(String.init)
                let boxes = detector.faces(in: Self.picture.image, options: options).map(\.box)
                    .map { "\(Int($0.x)) \(Int($0.y)) \(Int($0.width)) \(Int($0.height))" }
                #expect(!expected.isEmpty && boxes.sorted() == expected.sorted(), "\(options)")
            }
        }
    }

    @Test func colorDoesNotMatter() {
        let detector = FaceDetector(.random(.halves, seed: 1), threads: 1)
        let gray = Image.noise(width: 60, height: 50, channels: 1)
        let faces = detector.faces(in: gray, options: .init(minNeighbors: 0))
        #expect(!faces.isEmpty)
        #expect(detector.faces(in: gray.rgb(), options: .init(minNeighbors: 0)) == faces)
    }

    @Test func tinyPicturesHaveNoFaces() {
        let detector = FaceDetector(.random(.patterns, seed: 1), threads: 2)
        for (width, height) in [(0, 0), (1, 1), (13, 11), (14, 10), (500, 3), (3, 500)] {
            let image = Image.noise(width: width, height: height, channels: 1)
            #expect(detector.faces(in: image, options: .init(minNeighbors: 0)).isEmpty)
        }
    }

    @Test func boxesLieInThePicture() {
        let detector = FaceDetector(.random(.patterns, seed: 2), threads: 2)
        let image = Image.noise(width: 87, height: 66, channels: 1)
        let faces = detector.faces(in: image, options: .init(scaleFactor: 1.07, minNeighbors: 0))
        #expect(faces.count > 100)
        #expect(faces.allSatisfy { $0.box.x >= 0 && $0.box.maxX <= 87 })
        #expect(faces.allSatisfy { $0.box.y >= 0 && $0.box.maxY <= 66 })
        #expect(faces.map(\.score) == faces.map(\.score).sorted(by: >))
    }

    @Test func servesManyTasksAtOnce() async {
        let detector = FaceDetector(.random(.thirds, seed: 1), threads: 2)
        let images = (0..<4).map { Image.noise(width: 50 + 9 * $0, height: 60, channels: 1) }
        let options = FaceDetector.Options(minNeighbors: 0)
        let expected = images.map { detector.faces(in: $0, options: options) }
        await withTaskGroup(of: (Int, [DetectedFace]).self) { group in
            for round in 0..<40 {
                group.addTask {
                    (round % 4, detector.faces(in: images[round % 4], options: options))
                }
            }
            for await (index, faces) in group { #expect(faces == expected[index]) }
        }
    }

    @Test func namesThePackageWhereACascadeIsMissing() {
        let error = #expect(throws: FileError.self) {
            try FaceDetector.cascade(named: "haarcascade_of_nothing")
        }
        #expect(error?.code == .notFound)
        #expect(error?.description.contains("apt-get install opencv-data") == true)
    }
}
