import Capture
import Files
import Foundation
import Imaging
import Synchronization
import _TestSupport

/// Does something with cameras, and prints what came of it.
func observe(
    _ scenario: String, _ body: (inout CameraObservation) throws -> Void
) throws {
    var observation = CameraObservation(of: scenario)
    do {
        try body(&observation)
    } catch let error as CaptureError {
        observation.error = error.code.rawValue
        observation.message = error.description
    }
    // At once, so that what was seen is not lost if the guest comes to a bad end.
    FileHandle.standardOutput.write(try JSONEncoder().encode(observation) + Data("\n".utf8))
}

extension CameraObservation {
    /// Reads frames of a camera.
    mutating func read(_ count: Int, from camera: inout Camera) throws {
        mode = camera.mode.description
        adjustments = camera.adjustments
        defer {
            missed = camera.counts.missed
            damaged = camera.counts.damaged
        }
        for _ in 0..<count {
            guard let frame = try camera.nextFrame() else { return }
            frames.append(Frame(frame))
        }
    }
}

extension CameraObservation.Frame {
    /// Describes a frame of a camera.
    init(_ frame: Capture.Frame) {
        let image = frame.image
        let bars = (0..<8).map { bar in
            let column = (2 * bar + 1) * image.width / 16
            let first = (image.height / 2 * image.width + column) * image.channels
            return image.samples[first..<first + image.channels].map(Int.init)
        }
        self.init(
            index: frame.index, time: frame.time / .seconds(1),
            shape: [image.height, image.width, image.channels], bars: bars,
            checksum: image.samples.withUnsafeBytes { CRC32.checksum(of: $0) })
    }
}

/// Lines that come from any thread.
final class Notes: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ event: ReconnectingCamera.Event) {
        let line =
            switch event {
            case .lost(let error): "lost: \(error.code)"
            case .found(let mode): "found: \(mode)"
            }
        lines.withLock { $0.append(line) }
    }
    var all: [String] { lines.withLock { $0 } }
}
