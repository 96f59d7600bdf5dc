/// A rule that turns gradients into a change of the parameters.
///
/// An optimizer is a description, its hyperparameters alone. What it remembers between steps, its
/// moments, belongs to whoever trains, is zero before the first step, and is handed in with every
/// update. Hyperparameters are `Double`, because one minus a beta near 1 would lose digits in
/// `Float`; the arithmetic on parameters is `Float`.
public protocol Optimizer: Codable, Sendable {
    /// The number of floats that each parameter keeps between steps: 0 for plain gradient descent,
    /// 1 with momentum, 2 for Adam.
    var momentCount: Int { get }

    /// Takes one step over a contiguous run of parameters, and brings its moments up to date.
    ///
    /// Runs of one network are updated by several threads at once. An optimizer that treats every
    /// element by itself gives the same bits however the parameters are divided.
    ///
    /// - Complexity: O(*n*) in the number of parameters of the run.
    func apply(_ update: ParameterUpdate)
}
