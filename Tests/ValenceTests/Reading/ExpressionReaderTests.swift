import Capture
import Foundation
import Imaging
import Testing
import Valence
import _TestSupport

/// Pictures from memory, and then an error, if one is given.
private struct MemorySource: FrameSource, ~Copyable {
    let name = "memory"
    let frameRate: Double? = 30
    var images: [Image]
    var failure: (any Error)?
    private var index = 0

    init(_ images: [Image], failure: (any Error)? = nil) {
        self.images = images
        self.failure = failure
    }

    mutating func nextFrame() throws -> Frame? {
        guard index < images.count else {
            if let failure { throw failure }
            return nil
        }
        defer { index += 1 }
        return Frame(
            image: images[index], source: name, index: index, time: .milliseconds(33 * index))
    }
}

@Suite(.enabled(if: hasCascades, "the package opencv-data is not installed"))
struct ExpressionReaderTests {
    private struct Failure: Error {}

    /// A face that moves to the right, and is gone in the last frame.
    private static let images = (0..<6).map { frame in
        var scene = DrawnScene(width: 320, height: 240)
        if frame < 5 { scene.addFace(0, x: 40 + 8 * frame, y: 60, side: 120) }
        return scene.image
    }

    private func reader(
        tracking: MoodTracker.Options? = MoodTracker.Options()
    ) throws -> ExpressionReader {
        ExpressionReader(
            detector: try FaceDetector(cascade: FaceDetector.defaultCascade()),
            options: FaceDetector.Options(scaleFactor: 1.2, minSize: 60),
            classifier: try ExpressionClassifier(), tracking: tracking)
    }

    @Test("frames are read in their order, and their faces are followed", arguments: [false, true])
    func recording(ahead: Bool) throws {
        var reader = try self.reader()
        var source = MemorySource(Self.images)
        var readings: [FrameReading] = []
        try reader.read(&source, ahead: ahead) {
            readings.append($0)
            return true
        }
        #expect(readings.map(\.frame.index) == [0, 1, 2, 3, 4, 5])
        #expect(readings.map { $0.faces.map(\.identity) } == [[1], [1], [1], [1], [1], []])
        for (reading, image) in zip(readings, Self.images) {
            #expect(reading.frame.image == image)
            #expect(reading.detectionTime > .zero && reading.classificationTime >= .zero)
        }
        let face = Rectangle(x: 72, y: 60, width: 120, height: 120)
        #expect(readings[4].faces[0].box.intersectionOverUnion(with: face) > 0.6)
        #expect(readings[5].mood == readings[4].mood && readings[4].mood != nil)

        // One frame after the other gives the same.
        var other = try self.reader()
        for reading in readings {
            let again = other.reading(of: reading.frame)
            #expect(again.faces == reading.faces && again.mood == reading.mood)
        }
    }

    @Test("color makes no difference")
    func color() throws {
        var (reader, other) = (try reader(), try reader())
        let image = Self.images[0]
        let gray = reader.reading(
            of: Frame(image: image, source: "gray", index: 0, time: .zero))
        let rgb = other.reading(
            of: Frame(image: image.rgb(), source: "color", index: 0, time: .zero))
        #expect(gray.faces == rgb.faces && !gray.faces.isEmpty)
        #expect(rgb.frame.image.channels == 3)
    }

    @Test("it ends when it is told to", arguments: [false, true])
    func end(ahead: Bool) throws {
        var reader = try self.reader()
        var source = MemorySource(Self.images, failure: Failure())
        var count = 0
        try reader.read(&source, ahead: ahead) { _ in
            count += 1
            return count < 3
        }
        #expect(count == 3)
    }

    @Test("frames before an error are read", arguments: [false, true])
    func failure(ahead: Bool) throws {
        var reader = try self.reader()
        var source = MemorySource(Self.images, failure: Failure())
        var count = 0
        #expect(throws: Failure.self) {
            try reader.read(&source, ahead: ahead) { _ in
                count += 1
                return true
            }
        }
        #expect(count == 6)
    }

    @Test("errors of single frames can be skipped", arguments: [false, true])
    func skipping(ahead: Bool) throws {
        struct Gaps: FrameSource {
            let name = "gaps"
            let frameRate: Double? = nil
            var index = 0

            mutating func nextFrame() throws -> Frame? {
                defer { index += 1 }
                if index.isMultiple(of: 2) { throw Failure() }
                return index > 6
                    ? nil
                    : Frame(
                        image: Image(width: 8, height: 8), source: name, index: index, time: .zero)
            }
        }
        var reader = try self.reader(tracking: nil)
        var source = Gaps()
        var (skipped, indices) = (0, [Int]())
        try reader.read(&source, ahead: ahead, skippingErrors: { _ in skipped += 1 }) {
            indices.append($0.frame.index)
            return true
        }
        #expect(indices == [1, 3, 5])
        #expect(skipped == 4)
    }

    @Test func picturesStandAlone() throws {
        var reader = try self.reader(tracking: nil)
        var source = MemorySource(Self.images)
        try reader.read(&source) { reading in
            if let face = reading.faces.first {
                #expect(face.identity == 1)
                #expect(face.probabilities == face.latest.probabilities)
                #expect(reading.mood == face.latest)
            } else {
                #expect(reading.mood == nil)
            }
            return true
        }
    }
}

/// Whether OpenCV's cascades are installed.
let hasCascades = (try? FaceDetector.defaultCascade()) != nil
