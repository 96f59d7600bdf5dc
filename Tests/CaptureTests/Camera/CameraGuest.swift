import Foundation
import Imaging
import _TestSupport

/// What was seen of cameras in a virtual machine; it starts once for all tests.
enum CameraGuest {
    /// Whether there is a virtual machine; if not, the reason is printed.
    ///
    /// If so, it starts.
    static var isThere: Bool {
        get async {
            guard await preparation.value else { return false }
            _ = run
            return true
        }
    }

    /// What was seen, by the name of what was done.
    static func observation(_ scenario: String) async throws -> CameraObservation {
        guard let observation = try await run.value[scenario] else {
            throw NotObserved(scenario: scenario)
        }
        return observation
    }

    /// The eight bars of the pictures that the USB camera shows in turn.
    static let pictureBars: [[[Int]]] = [
        [30, 60, 90, 120, 150, 180, 210, 240].map { [$0, 255 - $0, 128] },
        [240, 30, 210, 60, 180, 90, 150, 120].map { [$0, $0, $0] },
    ]

    private struct NotObserved: Error {
        var scenario: String
    }

    private static let script = packageRoot.appending(path: "Scripts/v4l2-guest").path

    private static let preparation = Task {
        do {
            _ = try await runCommand([script, "--check"], in: packageRoot)
            return true
        } catch {
            print("The tests of cameras in a virtual machine are skipped. \(error)")
            return false
        }
    }

    private static let run = Task {
        try await withTemporaryFolder { folder in
            var pictures: [String] = []
            for (number, bars) in pictureBars.enumerated() {
                let file = folder.appending(path: "\(number).jpg")
                try picture(of: bars).write(to: file)
                pictures.append(file.path)
            }
            let programs = ["_CameraProbe", "infer", "_USBCamera"].map { builtProduct($0).path }
            let output = try await runCommand(
                [script, "--driver", "none", "--timeout", "300"] + programs + pictures,
                in: packageRoot)
            let observations = output.split(separator: "\n").compactMap {
                try? JSONDecoder().decode(CameraObservation.self, from: Data($0.utf8))
            }
            return Dictionary(observations.map { ($0.scenario, $0) }) { $1 }
        }
    }

    private static func picture(of bars: [[Int]]) -> Image {
        var picture = Image(width: 640, height: 480, channels: 3)
        for index in picture.samples.indices {
            picture.samples[index] = UInt8(bars[index / 3 % 640 / 80][index % 3])
        }
        return picture
    }
}

/// The folder of this package's manifest.
private let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
