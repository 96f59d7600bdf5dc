import Imaging

/// One face and what it is.
struct FER2013Face {
    let image: Image
    let expression: Expression
    let split: FER2013.Split

    /// The number of the class.
    var label: Int { expression.rawValue }
}

extension ImageDataset {
    /// A data set for faces of FER-2013, without any.
    static var emptyFaces: ImageDataset {
        ImageDataset(height: FER2013.side, width: FER2013.side, classNames: Expression.names)
    }
}
