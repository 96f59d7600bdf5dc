import Foundation
import Imaging

/// Looks for faces in pictures, and keeps what it has read for the next time.
final class FaceSearches {
    /// What is looked for, in which file.
    struct Request: Decodable {
        var cascade: String
        var image: String
        var scaleFactor: Double
        var minNeighbors: Int
        var minSize: Int
        var threads: Int
        /// How often to look; the fastest time counts.
        var repetitions: Int
    }

    /// What was found, in which time.
    struct Answer: Encodable {
        /// Left, top, width, height and score of each face.
        var faces: [[Double]]
        var seconds: Double
    }

    private var detectors: [String: FaceDetector] = [:]
    private var image: (path: String, image: Image)?

    func answer(_ request: Request) throws -> Answer {
        let detector = try detector(request)
        let image = try image(request.image)
        let options = FaceDetector.Options(
            scaleFactor: request.scaleFactor, minNeighbors: request.minNeighbors,
            minSize: request.minSize)
        var answer = Answer(faces: [], seconds: .infinity)
        for _ in 0..<request.repetitions {
            let start = ContinuousClock.now
            let faces = detector.faces(in: image, options: options)
            answer.seconds = min(answer.seconds, (ContinuousClock.now - start) / .seconds(1))
            answer.faces = faces.map { face in
                [face.box.x, face.box.y, face.box.width, face.box.height, face.score]
            }
        }
        return answer
    }

    private func detector(_ request: Request) throws -> FaceDetector {
        let key = "\(request.threads) \(request.cascade)"
        if let detector = detectors[key] { return detector }
        let detector = try FaceDetector(
            cascade: URL(fileURLWithPath: request.cascade), threads: request.threads)
        detectors[key] = detector
        return detector
    }

    private func image(_ path: String) throws -> Image {
        if let image, image.path == path { return image.image }
        let new = try Image(contentsOf: URL(fileURLWithPath: path))
        image = (path, new)
        return new
    }
}
