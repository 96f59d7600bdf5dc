/// Collects the modules that a closure names, one after the other.
@resultBuilder
public enum ModuleBuilder {
    /// One module.
    public static func buildExpression(_ module: some Module) -> [any Module] { [module] }

    /// Modules that were made elsewhere.
    public static func buildExpression(_ modules: [any Module]) -> [any Module] { modules }

    /// All statements of a block.
    public static func buildBlock(_ parts: [any Module]...) -> [any Module] {
        parts.flatMap(\.self)
    }

    /// An `if` without `else`.
    public static func buildOptional(_ part: [any Module]?) -> [any Module] { part ?? [] }

    /// The first branch of an `if` or `switch`.
    public static func buildEither(first part: [any Module]) -> [any Module] { part }

    /// Another branch of an `if` or `switch`.
    public static func buildEither(second part: [any Module]) -> [any Module] { part }

    /// A `for` loop.
    public static func buildArray(_ parts: [[any Module]]) -> [any Module] { parts.flatMap(\.self) }
}
