import Foundation
import Imaging
import Testing
import _TestSupport

extension Workplace {
    /// Calls `body` with a new folder in which `infer` runs, and removes it afterwards.
    static func use(_ body: (Workplace) async throws -> Void) async throws {
        try await isolated("infer", body)
    }

    /// Writes a picture, as PNG or JPEG.
    func addPicture(_ name: String, _ image: Image = DrawnScene.portrait().image) throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: name).deletingLastPathComponent(),
            withIntermediateDirectories: true)
        try image.write(to: folder.appending(path: name))
    }

    /// Reads a picture.
    func picture(_ name: String) throws -> Image {
        try Image(contentsOf: folder.appending(path: name))
    }
}

/// Whether OpenCV's cascades are installed.
let hasCascades = (try? FaceDetector.defaultCascade()) != nil

/// A line of JSON of a frame.
struct JSONFrame: Decodable {
    struct Face: Decodable {
        var box: [Int]
        var emotion: String
        var confidence: Double
        var probabilities: [String: Double]
        var face: Int

        var rectangle: Rectangle {
            Rectangle(
                x: Double(box[0]), y: Double(box[1]), width: Double(box[2]), height: Double(box[3]))
        }
    }

    struct Mood: Decodable {
        var emotion: String
        var confidence: Double
        var probabilities: [String: Double]
    }

    var source: String
    var frame: Int
    var time: Double
    var faces: [Face]
    var mood: Mood?

    /// The frames of an output; lines of songs stand between them.
    static func all(of output: String) throws -> [JSONFrame] {
        try output.split(separator: "\n").filter { !$0.hasPrefix("{\"songs\"") }.map {
            try JSONDecoder().decode(JSONFrame.self, from: Data($0.utf8))
        }
    }
}

/// A line of JSON of the songs for a mood.
struct JSONSongs: Decodable {
    var songs: [PrintedSong]
    var mood: JSONFrame.Mood

    /// The lists of songs of an output.
    static func all(of output: String) throws -> [JSONSongs] {
        try output.split(separator: "\n").filter { $0.hasPrefix("{\"songs\"") }.map {
            try JSONDecoder().decode(JSONSongs.self, from: Data($0.utf8))
        }
    }
}
