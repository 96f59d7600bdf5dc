public import Files
public import Foundation

/// The faces of FER-2013: 48x48 grayscale pictures of seven expressions, 28,709 for training and
/// 3,589 in each of two test sets (Goodfellow et al., "Challenges in representation learning: a
/// report on three machine learning contests", 2013).
///
/// It is read as it comes: the folder of Kaggle's pictures (`train/happy/Training_17.jpg`,
/// `test/happy/PublicTest_18.jpg`), `fer2013.csv`, `icml_face_data.csv`, a zip archive with any of
/// them, or a folder with one of these files. Labels are indices of `Expression` however the
/// source numbers them, and pictures are sorted by their paths, or in the order of the rows.
public struct FER2013: Sendable {
    /// A part of the data set.
    public enum Split: String, CaseIterable, Sendable {
        /// What networks learn from.
        case training = "Training"
        /// The test set that may be looked at while a network is developed.
        case publicTest = "PublicTest"
        /// The test set that is looked at once.
        case privateTest = "PrivateTest"
    }

    /// The number of rows and of columns of every face.
    public static let side = 48

    /// Where the faces come from.
    public let location: String

    /// What was left out, one error each; empty unless damaged pictures are skipped.
    public let skipped: [FileError]

    private let splits: [Split: ImageDataset]

    /// Reads all faces, and decodes them.
    ///
    /// - Parameters:
    ///   - url: A folder, a zip archive or a CSV file.
    ///   - policy: What happens to a picture of the wrong size, in color, damaged, or of which one
    ///     cannot tell the expression or the split, and to such a row.
    /// - Throws: `FileError` that names the picture or row, or says that there are no faces.
    /// - Complexity: O(*n*) in the number of faces; 83 MB for all of them.
    public init(
        contentsOf url: URL, onDamaged policy: DamagedPolicy = .fail
    ) throws(FileError) {
        var loader = FER2013Loader(policy: policy)
        try loader.load(url)
        location = url.path
        skipped = loader.skipped
        splits = loader.namedSplits
        guard !splits.isEmpty else {
            throw FileError(
                .damaged, at: location,
                "holds no usable face of FER-2013; \(skipped.count) were skipped, the first being: "
                    + (skipped.first.map(String.init(describing:)) ?? "none"))
        }
    }

    /// The parts that the source holds.
    public var availableSplits: [Split] { Split.allCases.filter { splits[$0] != nil } }

    /// The faces of one part.
    ///
    /// - Throws: `FileError` if the source does not hold that part.
    public func dataset(of split: Split) throws(FileError) -> ImageDataset {
        guard let dataset = splits[split] else {
            let available = availableSplits.map(\.rawValue).joined(separator: " and ")
            throw FileError(
                .notFound, at: location,
                "holds no \(split.rawValue) faces, only \(available). \(FER2013.howToGet)")
        }
        return dataset
    }

    /// The faces to learn from, 28,709 in a full download.
    public var training: ImageDataset {
        get throws(FileError) { try dataset(of: .training) }
    }

    /// The faces of the first test set, 3,589 in a full download.
    public var publicTest: ImageDataset {
        get throws(FileError) { try dataset(of: .publicTest) }
    }

    /// The faces of the second test set, 3,589 in a full download.
    public var privateTest: ImageDataset {
        get throws(FileError) { try dataset(of: .privateTest) }
    }

    /// The faces of both test sets, those of PublicTest first.
    ///
    /// - Throws: `FileError` if the source lacks one of them.
    /// - Complexity: O(*n*) in the number of faces.
    public var test: ImageDataset {
        get throws(FileError) {
            var both = try publicTest
            both.append(contentsOf: try privateTest)
            both.name = "PublicTest and PrivateTest"
            return both
        }
    }

    /// What the files are called in which it is handed out, as tables and as archives.
    static let tableNames = ["fer2013.csv", "icml_face_data.csv"]
    static let archiveNames = ["fer2013.zip", "archive.zip"]

    /// Where to get the data set, as a sentence for messages.
    public static let howToGet =
        "The full data set is at https://www.kaggle.com/datasets/msambare/fer2013 (pictures; free, "
        + "but needs an account). Pass the archive as downloaded, or the folder it unpacks to."
}
