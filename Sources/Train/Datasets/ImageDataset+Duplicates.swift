extension ImageDataset {
    /// The positions of the pictures that another data set holds too, byte by byte.
    ///
    /// - Complexity: O(*n*) in the number of samples of both.
    public func duplicates(of other: ImageDataset) -> [Int] {
        guard samplesPerImage == other.samplesPerImage else { return [] }
        let known = Set((0..<other.count).map { other.picture($0) })
        return (0..<count).filter { known.contains(picture($0)) }
    }

    private func picture(_ index: Int) -> ArraySlice<UInt8> {
        samples[index * samplesPerImage..<(index + 1) * samplesPerImage]
    }
}
