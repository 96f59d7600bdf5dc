public import ArgumentParser
public import Imaging
public import Valence

extension MoodMode: ExpressibleByArgument {}

extension Expression: ExpressibleByArgument {
    /// An emotion by its name, in upper or lower case.
    public init?(argument: String) { self.init(name: argument) }

    /// The names, for what is printed of the values.
    public static var allValueStrings: [String] { names }
}
