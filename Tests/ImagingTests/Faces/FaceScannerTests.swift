import Testing
import _TestSupport

@testable import Imaging

struct FaceScannerTests {
    @Test("Finds the windows that the slow oracle finds", arguments: Cascade.Kind.allCases)
    func agreesWithTheOracle(kind: Cascade.Kind) throws {
        var count = 0
        forEvery("seed", [0, 1, 2, 5] as [UInt64]) { seed in
            let cascade = Cascade.random(kind, seed: seed)
            #expect(cascade.fault == nil, "\(SweepTrace.description)")
            forEvery("size", [(45, 24), (14, 11), (23, 37)]) { width, height in
                let image = Image.noise(width: width, height: height, channels: 1)
                let windows = FaceScanner(cascade, threads: 2)
                    .windows(in: image, options: .init(scaleFactor: 1.2))
                let expected = CascadeOracle(cascade: cascade, image: image)
                    .windows(scaleFactor: 1.2)
                #expect(
                    Set(windows.map(\.place)) == Set(expected.map(\.place)),
                    "\(SweepTrace.description)")
                for (window, other) in zip(windows.inOrder, expected.inOrder) {
                    #expect(abs(window.margin - other.margin) < 1e-5, "\(SweepTrace.description)")
                }
                count += expected.count
            }
        }
        #expect(count > 20)
    }

    @Test("Long rows of windows that all pass", arguments: [Cascade.Kind.halves, .patterns])
    func wideRows(kind: Cascade.Kind) {
        let cascade = Cascade.permissive(kind)
        let image = Image.noise(width: 150, height: 13, channels: 1)
        let windows = FaceScanner(cascade, threads: 1)
            .windows(in: image, options: .init(scaleFactor: 1.1))
        let expected = CascadeOracle(cascade: cascade, image: image).windows(scaleFactor: 1.1)
        #expect(windows.count > 100)
        #expect(windows.map(\.place) == expected.map(\.place))
    }

    @Test("A cascade that lets everything pass costs neither memory nor time")
    func limitsWindows() {
        let cascade = Cascade.permissive(.patterns)
        for (width, height) in [(720, 640), (32, 28_000)] {
            let image = Image.noise(width: width, height: height, channels: 1)
            let windows = [1, 3].map { threads in
                FaceScanner(cascade, threads: threads).windows(in: image, options: .init())
            }
            #expect(windows[0].count == FaceScanner.windowLimit)
            #expect(windows[0] == windows[1])
            #expect(!WindowGroups.faces(of: windows[0], minNeighbors: 3).isEmpty)
        }
    }

    @Test func flatPicturesHaveNoWindows() {
        let scanner = FaceScanner(.random(.halves, seed: 1), threads: 1)
        #expect(scanner.windows(in: Image(width: 60, height: 60), options: .init()).isEmpty)
    }

    @Test func threadsDoNotMatter() {
        let image = Image.noise(width: 200, height: 150, channels: 1)
        let expected = FaceScanner(.random(.patterns, seed: 5), threads: 1)
            .windows(in: image, options: .init())
        #expect(expected.count > 100)
        for threads in 2...5 {
            let windows = FaceScanner(.random(.patterns, seed: 5), threads: threads)
                .windows(in: image, options: .init())
            #expect(windows == expected)
        }
    }

    @Test("Nothing of a picture stays in the memory for the next one")
    func reusesItsMemory() {
        let scanner = FaceScanner(.random(.tilted, seed: 2), threads: 2)
        let first = Image.noise(width: 90, height: 70, channels: 1)
        let expected = scanner.windows(in: first, options: .init())
        _ = scanner.windows(in: Image(width: 90, height: 70, filledWith: 255), options: .init())
        #expect(scanner.windows(in: first, options: .init()) == expected)
        _ = scanner.windows(in: Image.noise(width: 31, height: 99, channels: 1), options: .init())
        _ = scanner.windows(in: first, options: .init(scaleFactor: 1.5, minSize: 30))
        #expect(scanner.windows(in: first, options: .init()) == expected)
    }
}

extension FaceWindow {
    /// The window without its margin, which is rounded otherwise in the oracle.
    fileprivate var place: FaceWindow {
        var place = self
        place.margin = 0
        return place
    }
}

extension [FaceWindow] {
    fileprivate var inOrder: [FaceWindow] {
        sorted { ($0.width, $0.y, $0.x) < ($1.width, $1.y, $1.x) }
    }
}
