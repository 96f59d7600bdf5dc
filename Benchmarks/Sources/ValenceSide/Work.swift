/// Something to measure.
protocol Work: AnyObject {
    /// The number of floats that training changes.
    var parameterCount: Int { get }
    /// Multiply-accumulates for one image, convolutions counted as direct ones.
    var multiplyAdds: Int { get }

    /// Does the work, and returns the number of images.
    func run(steps: Int) throws -> Int
}
