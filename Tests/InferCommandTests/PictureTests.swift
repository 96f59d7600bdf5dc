import Foundation
import Imaging
import Testing
import Valence
import _TestSupport

@Suite(.enabled(if: hasCascades, "the package opencv-data is not installed"))
struct PictureTests {
    private let face = DrawnScene.portrait().places[0]

    @Test("a picture is a line of JSON with box, emotion, probabilities and mood")
    func json() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("face.png")
            let result = try await workplace.succeed(
                ["--image", "face.png", "--json", "--no-songs"])
            #expect(result.errors == "")
            #expect(result.outputLines.count == 1)
            let frame = try JSONFrame.all(of: result.output)[0]
            #expect(frame.source == "face.png")
            #expect(frame.frame == 0 && frame.time == 0)
            try #require(frame.faces.count == 1)
            let found = frame.faces[0]
            #expect(found.rectangle.intersectionOverUnion(with: face) > 0.5)
            #expect(Set(found.probabilities.keys) == Set(Imaging.Expression.names))
            #expect(abs(found.probabilities.values.reduce(0, +) - 1) < 1e-4)
            #expect(found.confidence == found.probabilities.values.max())
            if found.confidence >= 0.4 {
                #expect(found.probabilities[found.emotion] == found.confidence)
            } else {
                #expect(found.emotion == "uncertain")
            }
            #expect(frame.mood?.probabilities == found.probabilities)
            // Keys come in the order of the documentation.
            let keys = ["source", "frame", "time", "faces", "box", "emotion", "confidence"]
            let places = keys.map { result.output.range(of: "\"\($0)\":")?.lowerBound }
            #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
            let plain = try await workplace.succeed([
                "--image", "face.png", "--format", "json", "--no-songs",
            ])
            #expect(plain.output == result.output)
        }
    }

    @Test("the library and the command read the same")
    func sameAsTheLibrary() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("face.png")
            let result = try await workplace.succeed(["--image", "face.png", "--json"])
            let found = try JSONFrame.all(of: result.output)[0].faces[0]
            let classifier = try ExpressionClassifier()
            let reading = classifier.reading(of: found.rectangle, in: DrawnScene.portrait().image)
            for expression in Imaging.Expression.allCases {
                let probability = Double(reading.probabilities[expression.rawValue])
                #expect(abs(found.probabilities[expression.name]! - probability) < 1e-6)
            }
        }
    }

    @Test func thresholds() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("face.png")
            let options = ["--image", "face.png", "--json", "--threshold"]
            let all = try await workplace.succeed(options + ["0"])
            #expect(try JSONFrame.all(of: all.output)[0].faces[0].emotion != "uncertain")
            let none = try await workplace.succeed(options + ["1"])
            #expect(try JSONFrame.all(of: none.output)[0].faces[0].emotion == "uncertain")
        }
    }

    @Test("the size of the smallest face is that of the option")
    func smallestFace() async throws {
        try await Workplace.use { workplace in
            var scene = DrawnScene(width: 320, height: 240)
            scene.addFace(0, x: 130, y: 90, side: 44)
            try workplace.addPicture("small.png", scene.image)
            let options = ["--image", "small.png", "--json"]
            let usual = try await workplace.succeed(options)
            #expect(try JSONFrame.all(of: usual.output)[0].faces.isEmpty)
            #expect(try JSONFrame.all(of: usual.output)[0].mood == nil)
            let all = try await workplace.succeed(options + ["--min-size", "0"])
            #expect(try JSONFrame.all(of: all.output)[0].faces.count == 1)
        }
    }

    @Test func textForPeople() async throws {
        try await Workplace.use { workplace in
            var scene = DrawnScene(width: 640, height: 300)
            scene.addFace(0, x: 60, y: 60, side: 160)
            scene.addFace(1, x: 400, y: 60, side: 160)
            try workplace.addPicture("two.png", scene.image)
            try workplace.addPicture("none.jpg", Image(width: 100, height: 80, filledWith: 9))
            let result = try await workplace.succeed(["--image", "two.png", "none.jpg"])
            #expect(result.outputLines[0].hasPrefix("two.png  640x300  2 faces"))
            #expect(result.outputLines[1].contains(" % "))
            #expect(result.outputLines[1].contains(" at "))
            #expect(result.outputLines[3] == "none.jpg  100x80  no face")
            #expect(result.output.contains("\n\n2 pictures in "))
            #expect(result.output.contains("; faces in 1\n"))
            #expect(!result.hasControlCharacters)
            #expect(result.errors == "")
        }
    }

    @Test("a table has a row for each face, and quotes what needs it")
    func csv() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a, \"b\".png")
            try workplace.addPicture("none.png", Image(width: 100, height: 80, filledWith: 9))
            let result = try await workplace.succeed(
                ["--image", "a, \"b\".png", "none.png", "--format", "csv"])
            try #require(result.outputLines.count == 2)
            #expect(
                result.outputLines[0] == "source,frame,time,face,x,y,width,height,emotion,"
                    + "confidence,angry,disgust,fear,happy,neutral,sad,surprise")
            #expect(result.outputLines[1].contains("a, \"\"b\"\".png\",0,0.0,1,"))
            #expect(result.errorLines[0].hasPrefix("2 pictures in "))
        }
    }

    @Test("a damaged picture is named, the others are read, and the status is 1")
    func damagedPicture() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("album/1.png")
            try workplace.addPicture("album/2.jpg")
            try workplace.folder.addFile("album/3.png", Array("no picture".utf8))
            try workplace.folder.addFile(
                "album/4.jpg", try workplace.bytes("album/2.jpg").prefix(2000))
            try workplace.addPicture("album/10.png")
            let names = ["1.png", "2.jpg", "3.png", "4.jpg", "10.png"]
            for source in [["--folder", "album"], ["--image"] + names.map { "album/" + $0 }] {
                let result = try await workplace.run(source + ["--json"])
                #expect(result.status == 1)
                let frames = try JSONFrame.all(of: result.output)
                #expect(
                    frames.map(\.source)
                        == ["album/1.png", "album/2.jpg", "album/10.png"])
                #expect(frames.map(\.frame) == [0, 1, 4])
                #expect(frames.allSatisfy { $0.faces.count == 1 && $0.faces[0].face == 1 })
                let errors = result.errorLines.filter { $0.hasPrefix("error: ") }
                #expect(errors.count == 2)
                #expect(errors[0].contains("3.png: ") && errors[1].contains("4.jpg: "))
            }
        }
    }

    @Test func aNumberOfPicturesIsEnough() async throws {
        try await Workplace.use { workplace in
            for number in 1...3 { try workplace.addPicture("album/\(number).png") }
            let result = try await workplace.succeed(
                ["--folder", "album", "--frames", "2", "--json"])
            #expect(try JSONFrame.all(of: result.output).map(\.frame) == [0, 1])
        }
    }

    @Test func annotatedPicture() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("face.png")
            try await workplace.succeed(["--image", "face.png", "--annotate", "seen.png"])
            let before = try workplace.picture("face.png")
            let after = try workplace.picture("seen.png")
            #expect(after.width == before.width && after.height == before.height)
            #expect(after.channels == 3)
            #expect(after != before.rgb())
            // The face can be seen.
            let middle = 3 * (Int(face.center.y) * 640 + Int(face.center.x))
            #expect(after.samples[middle] == before.samples[middle / 3])
        }
    }

    @Test("several pictures go into a folder under their own names")
    func annotatedFolder() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a/face.png")
            try workplace.addPicture("b/face.png", Image(width: 100, height: 80, filledWith: 9))
            try workplace.addPicture("b/other.jpg")
            try await workplace.succeed(
                ["--image", "a/face.png", "b/face.png", "b/other.jpg", "--annotate", "new/seen"])
            let names = try FileManager.default
                .contentsOfDirectory(atPath: workplace.folder.appending(path: "new/seen").path)
            #expect(names.sorted() == ["face-2.png", "face.png", "other.jpg"])
            #expect(try workplace.picture("new/seen/face-2.png").width == 100)
            try await workplace.succeed(["--folder", "b", "--annotate", "seen"])
            #expect(workplace.exists("seen/face.png") && workplace.exists("seen/other.jpg"))
        }
    }
}
