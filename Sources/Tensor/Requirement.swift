/// Stops the program with a message when a caller has broken a rule.
///
/// `precondition` keeps its message out of optimized code, and the libraries are optimized in debug
/// builds too; `fatalError` prints it always. The message names the operation and all shapes.
@inline(__always)
package func require(
    _ condition: Bool, _ message: @autoclosure () -> String,
    file: StaticString = #fileID, line: UInt = #line
) {
    if !condition { misuse(message(), file: file, line: line) }
}

/// Stops the program with a message: a caller has broken a rule.
@inline(never)
package func misuse(
    _ message: String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
    fatalError(message, file: file, line: line)
}
