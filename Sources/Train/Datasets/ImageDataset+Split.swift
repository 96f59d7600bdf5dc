import Tensor

extension ImageDataset {
    /// Sets pictures apart for validation, the same fraction of each class.
    ///
    /// Both parts keep the order of the pictures. Each class keeps a picture on either side as
    /// long as it has two.
    ///
    /// - Parameters:
    ///   - fraction: How much is set apart, between 0 and 1.
    ///   - seed: The same seed sets the same pictures apart.
    /// - Returns: The rest and what was set apart.
    /// - Precondition: `fraction` lies between 0 and 1, neither included.
    /// - Complexity: O(*n*) in the number of samples.
    public func split(
        validationFraction fraction: Double, seed: UInt64
    ) -> (training: ImageDataset, validation: ImageDataset) {
        require(
            fraction > 0 && fraction < 1,
            "a fraction between 0 and 1 can be set apart, not \(fraction)")
        var isHeldOut = [Bool](repeating: false, count: count)
        for label in classNames.indices {
            var source = RandomSource(seed: seed, UInt64(label))
            let members = labels.indices.filter { labels[$0] == label }
            let order = source.permutation(of: members.count)
            let wanted = Int((Double(members.count) * fraction).rounded())
            let possible = members.count - 1
            for place in order.prefix(min(max(wanted, 1), max(possible, 0))) {
                isHeldOut[members[place]] = true
            }
        }
        var validation = selecting(isHeldOut.indices.filter { isHeldOut[$0] })
        validation.name = "validation"
        return (selecting(isHeldOut.indices.filter { !isHeldOut[$0] }), validation)
    }
}
