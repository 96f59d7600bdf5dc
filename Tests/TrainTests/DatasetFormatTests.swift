import Files
import Foundation
import Imaging
import Testing
import Train
import _TestSupport

struct DatasetFormatTests {
    @Test(arguments: [
        (["train/happy/Training_1.jpg"], DatasetFormat.fer2013),
        (["data/test/sad/PublicTest_1.png"], .fer2013),
        (["fer2013/fer2013.csv", "README"], .fer2013), (["icml_face_data.csv"], .fer2013),
        (["fer2013.zip"], .fer2013), (["train/happy/1.jpg", "test/happy/1.jpg"], .imageFolder),
        (["rose/1.jpg", "tulip/1.jpg"], .imageFolder),
        (["labels.csv", "rose/1.jpg"], .imageFolder),
    ])
    func looksAtNames(paths: [String], expected: DatasetFormat) throws {
        try withTemporaryFolder { folder in
            for path in paths {
                try folder.addFile("folder/" + path, [])
            }
            try folder.addArchive("pictures.zip", paths.map { ($0, []) })
            #expect(try DatasetFormat(of: folder.appending(path: "folder")) == expected)
            #expect(try DatasetFormat(of: folder.appending(path: "pictures.zip")) == expected)
        }
    }

    @Test func tablesAreFER2013() throws {
        #expect(try DatasetFormat(of: URL(filePath: "/any/where.csv")) == .fer2013)
    }

    @Test func refusesWhatIsNeither() throws {
        #expect(throws: FileError.self) { try DatasetFormat(of: URL(filePath: "/nowhere")) }
        try withTemporaryFolder { folder in
            try folder.addFile("picture.jpg", FaceFixtures.face(1).jpegData())
            let error = #expect(throws: FileError.self) {
                try DatasetFormat(of: folder.appending(path: "picture.jpg"))
            }
            #expect(error?.code == .unsupported)
        }
    }
}
