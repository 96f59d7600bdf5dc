import Kernels
public import Tensor

extension Tensor {
    /// Creates a tensor of the samples of a picture, `[height, width, channels]`, from 0 to 255.
    ///
    /// - Complexity: O(*n*) in the number of samples.
    public init(_ image: Image) {
        self.init(zeros: [image.height, image.width, image.channels])
        withUnsafeMutableElements { elements in
            image.samples.withUnsafeBufferPointer { floats(fromSamples: $0, into: elements) }
        }
    }
}

extension Image {
    /// Creates a picture of a tensor's elements, which are rounded and held between 0 and 255.
    ///
    /// - Parameter tensor: `[height, width, channels]`, with 1 channel or 3.
    /// - Complexity: O(*n*) in the number of elements.
    public init(_ tensor: Tensor) {
        require(
            tensor.rank == 3,
            "a picture is made of a tensor [height, width, channels], not \(tensor.shape)")
        let values = [UInt8](unsafeUninitializedCapacity: tensor.count) { target, count in
            let target = UnsafeMutableBufferPointer(rebasing: target[..<tensor.count])
            tensor.withUnsafeElements { Kernels.samples(fromFloats: $0, into: target) }
            count = target.count
        }
        self.init(
            width: tensor.shape[1], height: tensor.shape[0], channels: tensor.shape[2],
            samples: values)
    }
}
