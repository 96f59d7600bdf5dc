import Capture
import Foundation
import Imaging
import Valence

var reader = ExpressionReader(
    detector: try FaceDetector(cascade: FaceDetector.defaultCascade()),
    options: FaceDetector.Options(minSize: 60),
    classifier: try ExpressionClassifier())

var video = try VideoFile(contentsOf: URL(filePath: "talk.avi"), color: .grayscale)
try reader.read(&video, ahead: true) { reading in
    for face in reading.faces {
        print("face", face.identity, face.expression?.name ?? "uncertain", face.confidence)
    }
    print("mood", reading.mood?.likeliest.name ?? "nobody is there")
    return reading.frame.time < .seconds(60)
}
