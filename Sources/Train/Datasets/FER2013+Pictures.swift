import Files
import Imaging

extension FER2013Loader {
    /// Loads the pictures of Kaggle's folders.
    ///
    /// Pictures outside of `train` and `test` are left out.
    mutating func loadPictures(of tree: some FileTree) throws(FileError) {
        let paths = tree.paths.filter(FER2013PicturePath.isOne)
        let counts = paths.reduce(into: [FER2013.Split: Int]()) { counts, path in
            if let split = FER2013PicturePath(path).split { counts[split, default: 0] += 1 }
        }
        for (split, count) in counts {
            reserveCapacity(count, in: split)
        }
        for path in paths {
            try add { () throws(FileError) in try FER2013Loader.face(at: path, in: tree) }
        }
    }

    private static func face(
        at path: String, in tree: some FileTree
    ) throws(FileError) -> FER2013Face {
        let place = tree.place(of: path)
        let parts = FER2013PicturePath(path)
        guard let expression = Expression(name: parts.folder) else {
            throw FileError(
                .damaged, at: place,
                "the folder \(parts.folder) is none of \(Expression.names.joined(separator: ", "))."
            )
        }
        guard let split = parts.split else {
            throw FileError(.damaged, at: place, parts.whyNoSplit)
        }
        let image = try Image(encoded: try tree.read(path), name: place, limits: .face)
        guard image.width == FER2013.side, image.height == FER2013.side else {
            throw FileError(
                .damaged, at: place,
                "the picture has \(image.width)x\(image.height) pixels. Faces of FER-2013 have "
                    + "\(FER2013.side)x\(FER2013.side).")
        }
        guard image.channels == 1 else {
            throw FileError(
                .damaged, at: place,
                "the picture is in color. Faces of FER-2013 are grayscale.")
        }
        return FER2013Face(image: image, expression: expression, split: split)
    }
}

extension ImageLimits {
    /// Enough to say what is wrong with a photograph that lies among the faces.
    fileprivate static var face: ImageLimits { ImageLimits(samples: 1 << 26) }
}

/// The path of a picture in the layout of Kaggle's download: `.../train/happy/Training_17.jpg`.
struct FER2013PicturePath {
    /// The folder of the picture, which names the expression.
    let folder: Substring
    /// The name of the file.
    let name: Substring

    private let isTest: Bool

    /// Whether a path ends in `train` or `test`, a folder, and a picture.
    static func isOne(_ path: String) -> Bool {
        let parts = path.split(separator: "/").suffix(3).map { $0.lowercased() }
        return parts.count == 3 && ["train", "test"].contains(parts[0]) && parts[2].isPicture
    }

    /// Takes a path apart for which `isOne` holds.
    init(_ path: String) {
        let parts = path.split(separator: "/").suffix(3)
        isTest = parts.first?.lowercased() == "test"
        folder = parts.dropFirst().first ?? ""
        name = parts.last ?? ""
    }

    /// The split that the file's name tells: `PublicTest_18.jpg`.
    var namedSplit: FER2013.Split? {
        FER2013.Split.allCases.first { name.hasPrefix($0.rawValue + "_") }
    }

    /// The split of the picture; `nil` where folder and name do not tell it, or contradict.
    ///
    /// Pictures in `train` may be named otherwise, but a test picture there is refused: whoever
    /// trains on it gets a false accuracy.
    var split: FER2013.Split? {
        switch (isTest, namedSplit) {
        case (false, nil), (false, .training): .training
        case (true, .publicTest): .publicTest
        case (true, .privateTest): .privateTest
        default: nil
        }
    }

    /// The message for a picture without a split.
    var whyNoSplit: String {
        if let namedSplit {
            return "lies in \(isTest ? "test" : "train"), but its name says \(namedSplit.rawValue)."
        }
        return "its name begins with neither PublicTest_ nor PrivateTest_, so one cannot tell its "
            + "test set. Keep the names of the download, or load the folder as an image folder."
    }
}
