import Capture
import Imaging

/// What is done with each frame by itself: its faces are found and read.
struct FaceFinder: Sendable {
    let detector: FaceDetector
    let options: FaceDetector.Options
    let classifier: ExpressionClassifier

    /// What was found, and how long it took.
    struct Findings: Sendable {
        var faces: [FaceReading]
        var detectionTime: Duration
        var classificationTime: Duration
    }

    func faces(in frame: Frame) -> Findings {
        let start = ContinuousClock.now
        let picture = frame.image.grayscale()
        let faces = detector.faces(in: picture, options: options)
        let detected = ContinuousClock.now
        let expressions = classifier.readings(of: faces.map(\.box), in: picture)
        return Findings(
            faces: zip(faces, expressions).map(FaceReading.init), detectionTime: detected - start,
            classificationTime: .now - detected)
    }
}
