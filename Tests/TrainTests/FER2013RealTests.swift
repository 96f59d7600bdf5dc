import Files
import Foundation
import Testing
import Train

struct FER2013RealTests {
    private static let path = ProcessInfo.processInfo.environment["VALENCE_FER2013"]

    @Test(.enabled(if: path != nil, "VALENCE_FER2013 does not name the real data set"))
    func readsTheRealDataSet() throws {
        let faces = try FER2013(contentsOf: URL(filePath: try #require(Self.path)))
        #expect(faces.skipped.isEmpty)
        #expect(try faces.training.classCounts == [3995, 436, 4097, 7215, 4965, 4830, 3171])
        #expect(try faces.publicTest.classCounts == [467, 56, 496, 895, 607, 653, 415])
        if faces.availableSplits.contains(.privateTest) {
            #expect(try faces.privateTest.classCounts == [491, 55, 528, 879, 626, 594, 416])
        } else {
            let error = #expect(throws: FileError.self) { try faces.privateTest }
            #expect(
                error?.message.hasPrefix(
                    "holds no PrivateTest faces, only Training and PublicTest.")
                    == true)
        }
    }
}
