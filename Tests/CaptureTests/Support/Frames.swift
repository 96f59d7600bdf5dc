import Files
import Foundation
import Imaging
import Testing
import _TestSupport

@testable import Capture

/// Reads all frames, and goes on behind those that are damaged.
///
/// A source that never ends fails a test instead of holding it up.
func readAll(
    _ source: inout some FrameSource & ~Copyable, limit: Int = 10_000
) -> (frames: [Frame], errors: [any Error]) {
    var frames: [Frame] = []
    var errors: [any Error] = []
    for _ in 0..<limit {
        do {
            guard let frame = try source.nextFrame() else { return (frames, errors) }
            frames.append(frame)
        } catch {
            errors.append(error)
        }
    }
    Issue.record("\(source.name) does not end")
    return (frames, errors)
}

/// Reads a video of these bytes, without `ffmpeg`; whatever is wrong is a `FileError`.
func readVideo(
    _ bytes: [UInt8], color: FrameColor = .grayscale, in folder: URL
) throws -> (frames: [Frame], errors: [FileError]) {
    let file = folder.appending(path: "video")
    try Data(bytes).write(to: file)
    // To write into a file that is there takes some file systems a hundred times as long.
    defer { try? FileManager.default.removeItem(at: file) }
    do {
        var video = try VideoFile(contentsOf: file, color: color, limits: .init(), searchPath: "")
        let (frames, errors) = readAll(&video)
        return (frames, try errors.map { try #require($0 as? FileError) })
    } catch let error as FileError {
        return ([], [error])
    }
}

/// Changes, inserts and removes some bytes, again and again, the same way each time.
func damage(_ bytes: [UInt8], rounds: Int, read: ([UInt8]) throws -> Void) rethrows {
    var random = SplitMix(state: 11)
    for _ in 0..<rounds {
        var copy = bytes
        for _ in 0...random.next(below: 3) {
            let place = random.next(below: copy.count)
            switch random.next(below: 4) {
            case 0: copy[place] ^= 1 << UInt8(random.next(below: 8))
            case 1: copy[place] = UInt8(random.next(below: 256))
            case 2: copy.insert(UInt8(random.next(below: 256)), at: place)
            default: copy.remove(at: place)
            }
        }
        try read(copy)
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(limit))
    }
}
