import Files

/// What the paths of pictures say about their classes and splits.
struct ImageFolderLayout {
    /// A picture and the folder it belongs to.
    struct Picture: Hashable {
        let path: String
        let split: ImageFolder.Split
        /// The name of its class; `nil` for a picture outside of the class folders.
        let className: String?

        /// The number of the picture's class.
        func label(in classNames: [String], of tree: some FileTree) throws(FileError) -> Int {
            guard let className else {
                throw FileError(
                    .damaged, at: tree.place(of: path),
                    "lies outside of the class folders. Move it into one, or away.")
            }
            guard let label = classNames.firstIndex(of: className) else {
                throw FileError(
                    .damaged, at: tree.place(of: path),
                    "the class \(className) is none of \(classNames.joined(separator: ", ")).")
            }
            return label
        }
    }

    let pictures: [Picture]

    /// The names of the class folders in alphabetical order.
    var classNames: [String] { Set(pictures.compactMap(\.className)).sorted() }

    /// Finds classes and splits.
    ///
    /// A folder around everything, as archives often have, does not matter. Folders are splits
    /// only if all are named so and have class folders inside: `cars/1.jpg`, `train/2.jpg` are two
    /// classes.
    init(of paths: [String]) {
        var folders = paths.map { $0.split(separator: "/").dropLast() }
        while let first = folders.first?.first, ImageFolder.Split(folder: first) == nil,
            folders.allSatisfy({ $0.count > 1 && $0.first == first })
        {
            folders = folders.map { $0.dropFirst() }
        }
        let filed = folders.filter { !$0.isEmpty }
        let hasSplits = filed.allSatisfy { folder in
            folder.count > 1 && folder.first.flatMap(ImageFolder.Split.init(folder:)) != nil
        }
        pictures = zip(paths, folders).map { path, folder in
            let split = hasSplits ? folder.first.flatMap(ImageFolder.Split.init(folder:)) : nil
            return Picture(
                path: path, split: split ?? .training,
                className: folder.dropFirst(hasSplits ? 1 : 0).first.map(String.init))
        }
    }
}
