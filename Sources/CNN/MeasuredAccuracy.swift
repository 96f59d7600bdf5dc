/// The part of the samples of a data set whose class a network found.
public struct MeasuredAccuracy: Hashable, Codable, Sendable {
    /// The accuracy, 0...1.
    public var accuracy: Double
    /// The standard error of the accuracy.
    public var standardError: Double
    /// The data that it was measured on.
    public var measuredOn: String

    /// Describes a measurement.
    public init(accuracy: Double, standardError: Double, measuredOn: String) {
        self.accuracy = accuracy
        self.standardError = standardError
        self.measuredOn = measuredOn
    }
}
