public import Files
public import Foundation
import Imaging

/// Any folder of class folders, or a zip archive with one: `roses/1.jpg`, `tulips/2.png`.
///
/// There may be folders for splits above those of the classes: `train` or `training`; `val`,
/// `valid` or `validation`; `test`. Without them all pictures are for training, and
/// `ImageDataset.split(validationFraction:seed:)` sets some apart. Pictures become one size: they
/// are stretched or shrunk, not cropped.
public struct ImageFolder: Sendable {
    /// A part of the data set.
    public enum Split: String, CaseIterable, Sendable {
        /// What networks learn from.
        case training
        /// What tells during training how well they do.
        case validation
        /// What is looked at afterwards.
        case test

        /// The split that a folder holds, by its name.
        init?(folder: some StringProtocol) {
            switch folder.lowercased() {
            case "train", "training": self = .training
            case "val", "valid", "validation": self = .validation
            case "test": self = .test
            default: return nil
            }
        }
    }

    /// Where the pictures come from.
    public let location: String

    /// The names of the classes in order of their labels.
    public let classNames: [String]

    /// What was left out, one error each; empty unless damaged pictures are skipped.
    public let skipped: [FileError]

    private let splits: [Split: ImageDataset]

    /// Reads all pictures, decodes them, and brings them to one size.
    ///
    /// - Parameters:
    ///   - url: A folder or a zip archive.
    ///   - height: The number of rows that pictures get.
    ///   - width: The number of columns that pictures get.
    ///   - channels: 1 to make them grayscale, 3 for RGB.
    ///   - classNames: The classes in order of their labels, for a network that was trained on
    ///     them; a picture of another class counts as damaged. By default the names of the class
    ///     folders in alphabetical order.
    ///   - policy: What happens to a damaged picture, or to one outside of the class folders.
    /// - Throws: `FileError` that names the picture, or says that there are none.
    /// - Complexity: O(*n*) in the number of samples.
    public init(
        contentsOf url: URL, height: Int, width: Int, channels: Int,
        classNames: [String]? = nil, onDamaged policy: DamagedPolicy = .fail
    ) throws(FileError) {
        let tree = try openFileTree(at: url)
        let layout = ImageFolderLayout(of: tree.paths.filter(\.isPicture))
        let names = classNames ?? layout.classNames
        let preprocessor = FacePreprocessor(height: height, width: width, channels: channels)
        let empty = ImageDataset(
            height: height, width: width, channels: channels, classNames: names)
        var splits: [Split: ImageDataset] = [:]
        var skipped: [FileError] = []
        for picture in layout.pictures {
            do throws(FileError) {
                let label = try picture.label(in: names, of: tree)
                let image = try Image(
                    encoded: try tree.read(picture.path), name: tree.place(of: picture.path))
                splits[picture.split, default: empty]
                    .append(preprocessor.fitted(image), label: label)
            } catch {
                guard policy == .skip else { throw error }
                skipped.append(error)
            }
        }
        guard !splits.isEmpty else {
            throw FileError(
                .notFound, at: tree.location,
                "holds no usable PNG or JPEG pictures in folders named after their classes"
                    + (skipped.isEmpty ? "." : "; \(skipped.count) were skipped."))
        }
        self.location = tree.location
        self.classNames = names
        for split in splits.keys { splits[split]?.name = split.rawValue }
        self.splits = splits
        self.skipped = skipped
    }

    /// The parts that the folder holds.
    public var availableSplits: [Split] { Split.allCases.filter { splits[$0] != nil } }

    /// The pictures of one part.
    ///
    /// - Throws: `FileError` if the folder does not hold that part.
    public func dataset(of split: Split) throws(FileError) -> ImageDataset {
        guard let dataset = splits[split] else {
            let available = availableSplits.map(\.rawValue).joined(separator: " and ")
            throw FileError(
                .notFound, at: location,
                "holds no \(split.rawValue) pictures, only \(available). Put them into class folders "
                    + "below a folder named \(split.rawValue).")
        }
        return dataset
    }

    /// The pictures to learn from.
    public var training: ImageDataset {
        get throws(FileError) { try dataset(of: .training) }
    }

    /// The pictures that were set apart: those for validation or, if there are none, for the test.
    public var heldOut: ImageDataset? { splits[.validation] ?? splits[.test] }
}
