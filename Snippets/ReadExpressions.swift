import Capture
import Imaging
import Valence

let detector = try FaceDetector(cascade: FaceDetector.defaultCascade())
let classifier = try ExpressionClassifier()
var camera = try Camera("/dev/video0")

while let frame = try camera.nextFrame() {
    for face in detector.faces(in: frame.image) {
        let reading = classifier.reading(of: face.box, in: frame.image)
        let name = reading.expression?.name ?? "uncertain"
        print(frame.time, face.box, name, reading.confidence)
    }
}
