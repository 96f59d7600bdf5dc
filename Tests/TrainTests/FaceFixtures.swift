import Files
import Foundation
import Imaging
import _TestSupport

/// Small made-up data in the forms in which FER-2013 comes.
enum FaceFixtures {
    /// A face that differs from those of other numbers, and keeps its samples in a JPEG file.
    static func face(_ number: Int) -> Image {
        Image(width: 48, height: 48, filledWith: UInt8(number * 10))
    }

    /// The pictures of a small download with all three splits, by their paths.
    ///
    /// PNG and JPEG files
    /// stand side by side, and litter between them.
    static func kaggleFiles(splits: [String] = ["Training", "PublicTest", "PrivateTest"])
        -> [(path: String, bytes: [UInt8])]
    {
        var files: [(path: String, bytes: [UInt8])] = []
        for split in splits {
            for (label, name) in Imaging.Expression.names.enumerated() {
                let folder = split == "Training" ? "train" : "test"
                files.append(("\(folder)/\(name)/\(split)_1.jpg", face(label).jpegData()))
                files.append(("\(folder)/\(name)/\(split)_2.png", face(label + 7).pngData()))
            }
        }
        files.append((".DS_Store", [1]))
        files.append(("__MACOSX/train/happy/._Training_1.jpg", [1]))
        files.append(("train/happy/._Training_1.jpg", [1]))
        files.append(("train/happy/Thumbs.db", [1]))
        return files
    }

    /// The rows of a CSV file: an emotion's code, a usage and the number of a face.
    static func rows(_ faces: [(code: Int, usage: String, number: Int)]) -> [[String]] {
        faces.map { [String($0.code), pixels($0.number), $0.usage] }
    }

    static func pixels(_ number: Int) -> String {
        face(number).samples.map(String.init).joined(separator: " ")
    }

    /// A file as `fer2013.csv`.
    static func table(_ rows: [[String]]) -> [UInt8] {
        let lines = rows.map { "\($0[0]),\"\($0[1])\",\($0[2])" }
        return Array((["emotion,pixels,Usage"] + lines).joined(separator: "\n").utf8)
    }

    /// A file as `icml_face_data.csv`, with columns in another order and spaces before their names.
    static func icmlTable(_ rows: [[String]]) -> [UInt8] {
        let lines = rows.map { "\($0[0]),\($0[2]),\($0[1])" }
        return Array((["emotion, Usage, pixels"] + lines).joined(separator: "\r\n").utf8)
    }

    /// One face of each code in each split.
    static let allRows = rows(
        ["Training", "PublicTest", "PrivateTest"].flatMap { usage in
            (0...6).map { (code: $0, usage: usage, number: $0) }
        })
}

extension URL {
    /// Writes files below this folder.
    func addFiles(_ files: [(path: String, bytes: [UInt8])]) throws {
        for file in files {
            try addFile(file.path, file.bytes)
        }
    }

    /// Writes a zip archive into this folder.
    func addArchive(
        _ name: String, _ files: [(path: String, bytes: [UInt8])],
        method: ZipArchiveWriter.Method = .deflated, below top: String = ""
    ) throws {
        var writer = ZipArchiveWriter()
        for file in files {
            writer.add(name: top + file.path, bytes: file.bytes, method: method)
        }
        try writer.write(to: appending(path: name))
    }
}
