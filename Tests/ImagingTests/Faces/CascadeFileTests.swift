import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@testable import Imaging

struct CascadeFileTests {
    private static let current = """
        <?xml version="1.0"?>
        <!-- Made for a test. -->
        <opencv_storage>
        <cascade type_id="opencv-cascade-classifier"><stageType>BOOST</stageType>
          <featureType>HAAR</featureType>
          <height>20</height>
          <width>24</width>
          <stageParams><maxWeakCount>3</maxWeakCount></stageParams>
          <featureParams><maxCatCount>0</maxCatCount></featureParams>
          <stageNum>1</stageNum>
          <stages>
            <_>
              <maxWeakCount>2</maxWeakCount>
              <stageThreshold>-5.0425500869750977e+00</stageThreshold>
              <weakClassifiers>
                <_>
                  <internalNodes>0 -1 0 -3.1511999666690826e-02</internalNodes>
                  <leafValues>2.0875380039215088e+00 -2.2172100543975830e+00</leafValues></_>
                <_>
                  <internalNodes>0 1 1 .5 -1 -2 0 1E1</internalNodes>
                  <leafValues>1 2. -3e-001</leafValues></_>
              </weakClassifiers></_>
          </stages>
          <features>
            <_>
              <rects>
                <_>6 4 12 9 -1.</_>
                <_>6 7 12 3 3.</_></rects>
              <tilted>0</tilted></_>
            <_>
              <rects><_>8 2 3 5 -1.</_><_>8 2 3 2 2.</_><_>8 6 1 1 .5</_></rects>
              <tilted>1</tilted></_>
          </features></cascade>
        </opencv_storage>
        """

    private static let old = """
        <?xml version="1.0"?>
        <opencv_storage>
        <haarcascade_test type_id="opencv-haar-classifier">
          <size>24 20</size>
          <stages>
            <_>
              <!-- stage 0 -->
              <trees>
                <_>
                  <_>
                    <feature><rects><_>6 4 12 9 -1.</_><_>6 7 12 3 3.</_></rects>
                      <tilted>0</tilted></feature>
                    <threshold>-0.0315119996666908</threshold>
                    <left_val>2.0875380039215088</left_val>
                    <right_val>-2.2172100543975830</right_val></_></_>
                <_>
                  <_>
                    <feature><rects><_>8 2 3 5 -1.</_><_>8 2 3 2 2.</_><_>8 6 1 1 .5</_></rects>
                      <tilted>1</tilted></feature>
                    <threshold>0.5</threshold>
                    <left_val>1</left_val>
                    <right_node>1</right_node></_>
                  <_>
                    <feature><rects><_>6 4 12 9 -1.</_><_>6 7 12 3 3.</_></rects>
                      <tilted>0</tilted></feature>
                    <threshold>10</threshold>
                    <left_val>2</left_val>
                    <right_val>-0.3</right_val></_></_></trees>
              <stage_threshold>-5.0425500869750977</stage_threshold>
              <parent>-1</parent>
              <next>-1</next></_></stages></haarcascade_test>
        </opencv_storage>
        """

    private static let patterns = """
        <opencv_storage><cascade><stageType>BOOST</stageType><featureType>LBP</featureType>
        <height>24</height><width>24</width><stages><_><stageThreshold>-.75</stageThreshold>
        <weakClassifiers><_><internalNodes>
          0 -1 0 -67130709 -21569 -1426120013 -1275125205 -21585 -16385 587145899 -24005
          </internalNodes><leafValues>-6.5e-01 8.9e-01</leafValues></_></weakClassifiers></_></stages>
        <features><_><rect>0 0 3 5</rect></_></features></cascade></opencv_storage>
        """

    private static let longWord = String(repeating: "H", count: 1000)

    private func read(_ text: String) throws -> Cascade {
        try read(Array(text.utf8))
    }

    private func read(_ bytes: [UInt8]) throws -> Cascade {
        let result: Result<Cascade, FileError> = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileError) in
                try CascadeFile.read(bytes, name: "cascade.xml")
            }
        }
        return try result.get()
    }

    @Test("Both layouts hold the same", arguments: [current, old])
    func readsHaarCascades(text: String) throws {
        let cascade = try read(text)
        #expect(cascade.width == 24)
        #expect(cascade.height == 20)
        #expect(cascade.stages.map(\.threshold) == [-5.0425500869750977])
        guard case .haar(let features) = cascade.features else {
            Issue.record("\(cascade.features) are not Haar features")
            return
        }
        let trees = try #require(cascade.stages.first).trees
        #expect(trees.map(\.count) == [1, 2])
        let stump = trees[0][0]
        #expect(stump.threshold == -3.1511999666690826e-02)
        #expect(stump.left == .leaf(2.0875380039215088))
        #expect(stump.right == .leaf(-2.2172100543975830))
        let thirds = features[stump.feature]
        #expect(
            thirds.areas == [
                .init(x: 6, y: 4, width: 12, height: 9), .init(x: 6, y: 7, width: 12, height: 3),
            ])
        #expect(thirds.weights == [-1, 3])
        #expect(!thirds.isTilted)
        let (root, child) = (trees[1][0], trees[1][1])
        #expect(root.left == .leaf(1))
        #expect(root.right == .node(1))
        #expect(root.threshold == 0.5)
        #expect(features[root.feature].isTilted)
        #expect(features[root.feature].weights == [-1, 2, 0.5])
        #expect(child.threshold == 10)
        #expect(child.left == .leaf(2))
        #expect(child.right == .leaf(-0.3))
    }

    @Test func readsPatterns() throws {
        let cascade = try read(Self.patterns)
        guard case .patterns(let areas) = cascade.features else {
            Issue.record("\(cascade.features) are not patterns")
            return
        }
        #expect(areas == [.init(x: 0, y: 0, width: 3, height: 5)])
        let subset = cascade.stages[0].trees[0][0].subset
        #expect(subset[0] == UInt32(bitPattern: -67_130_709))
        #expect(subset[7] == UInt32(bitPattern: -24_005))
    }

    @Test(
        "Says what is wrong, and where",
        arguments: [
            ("<opencv_storage>", "<storage>", "opencv_storage"),
            ("?>", "?><!DOCTYPE x [<!ENTITY a \"b\">]>", "document types"),
            ("HAAR", "HOG", "HOG"),
            ("HAAR", longWord, "type \(longWord.prefix(40)) are"),
            ("BOOST", "SUM", "SUM"),
            ("<width>24</width>", "", "width"),
            ("<width>24</width>", "<width>2</width>", "window of 2x20"),
            ("<width>24</width>", "<width>181</width>", "window of 181x20"),
            ("<width>24</width>", "<width>24 1</width>", "one number"),
            ("<width>24</width>", "<width>2.5</width>", "integer"),
            ("<width>24</width>", "<width>24<b/></width>", "element"),
            ("6 7 12 3 3.", "6 7 19 3 3.", "rectangle"),
            ("6 7 12 3 3.", "6 7 12 3", "4 numbers"),
            ("6 7 12 3 3.", "6 7 12 3 nan", "number"),
            ("0 -1 0 -3", "0 -1 7 -3", "feature 7"),
            ("0 -1 0 -3", "0 -2 0 -3", "leaf 2"),
            ("0 -1 0 -3", "0 -9223372036854775808 0 -3", "leaf 9223372036854775808"),
            ("0 -1 0 -3", "0 1 0 -3", "node 1"),
            ("0 1 1 .5", "0 -1 1 .5", "0 branches lead to node 1"),
            ("0 1 1 .5", "1 1 1 .5", "2 branches lead to node 1"),
            ("-1 -2 0 1E1", "-1 1 0 1E1", "node 1"),
            ("<leafValues>1 2.", "<leafValues>1", "leaves"),
            ("2.0875380039215088e+00", "2e99", "finite"),
            ("</cascade>", "</cascade><cascade></cascade>", "more than one"),
            ("</features>", "</feature>", "end tag"),
        ])
    func refuses(original: String, replacement: String, reason: String) throws {
        #expect(Self.current.contains(original))
        let text = Self.current.replacing(original, with: replacement)
        let error = #expect(throws: FileError.self) { try read(text) }
        #expect(error?.code == .damaged)
        #expect(error?.location.hasPrefix("cascade.xml, line ") == true)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("\n") == false)
    }

    @Test func refusesTreesOfStages() {
        let text = Self.old.replacing("<parent>-1", with: "<parent>3")
        let error = #expect(throws: FileError.self) { try read(text) }
        #expect(error?.message.contains("its stages are a tree") == true)
    }

    @Test func refusesDeepNesting() {
        let text = "<opencv_storage>" + String(repeating: "<a>", count: 100_000)
        let error = #expect(throws: FileError.self) { try read(text) }
        #expect(error?.message.contains("too deep") == true)
    }

    @Test("Every shorter piece is refused", arguments: [current, old, patterns])
    func refusesTruncatedFiles(text: String) {
        let bytes = Array(text.trimmingCharacters(in: .whitespacesAndNewlines).utf8)
        for count in 0..<bytes.count {
            #expect(throws: FileError.self, "\(count) bytes") { try read(Array(bytes[..<count])) }
        }
    }

    @Test("No damage crashes", arguments: [current, old, patterns])
    func survivesDamage(text: String) {
        var random = RandomSource(seed: 7)
        let bytes = Array(text.utf8)
        var refused = 0
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0...random.integer(below: 3) {
                let place = random.integer(below: damaged.count)
                switch random.integer(below: 4) {
                case 0: damaged[place] ^= 1 << UInt8(random.integer(below: 8))
                case 1: damaged[place] = UInt8(ascii: "9")
                case 2: damaged.insert(UInt8(random.integer(below: 256)), at: place)
                default: damaged.remove(at: place)
                }
            }
            do {
                // What is read can be run.
                let cascade = try read(damaged)
                let image = Image.noise(
                    width: cascade.width + 3, height: cascade.height + 3, channels: 1)
                _ = FaceDetector(cascade, threads: 1).faces(in: image)
            } catch is FileError {
                refused += 1
            } catch {
                Issue.record("\(error) is not a FileError")
            }
        }
        #expect(refused > 500)
    }

    @Test func namesAFileThatIsNotThere() {
        let url = URL(fileURLWithPath: "/nowhere/cascade.xml")
        let error = #expect(throws: FileError.self) { try FaceDetector(cascade: url) }
        #expect(error?.code == .notFound)
    }

    @Test("All of OpenCV's cascades are read", .enabled(if: OpenCVData.isInstalled))
    func readsOpenCVsFiles() throws {
        var count = 0
        for folder in ["haarcascades", "lbpcascades"] {
            let url = OpenCVData.folder.appending(path: folder)
            for file in try FileManager.default.contentsOfDirectory(
                at: url, includingPropertiesForKeys: nil) where file.pathExtension == "xml"
            {
                _ = try CascadeFile.read(file)
                count += 1
            }
        }
        #expect(count >= 20)
    }
}
