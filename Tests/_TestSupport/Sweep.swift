/// Calls `body` with every setting; what fails inside is named after the settings it failed with.
///
/// Sweeps nest. Expectations name the combination by `SweepTrace.description`:
///
/// ```swift
/// forEvery("kernel", [1, 3]) { kernel in
///     forEvery("stride", [1, 2]) { stride in
///         #expect(isRight, "\(SweepTrace.description)")   // kernel 3, stride 2
///     }
/// }
/// ```
public func forEvery<Setting>(
    _ name: String, _ settings: [Setting], _ body: (Setting) throws -> Void
) rethrows {
    for setting in settings {
        try SweepTrace.$settings.withValue(SweepTrace.settings + ["\(name) \(setting)"]) {
            try body(setting)
        }
    }
}

/// The settings of the sweeps that run at this moment.
public enum SweepTrace {
    @TaskLocal static var settings: [String] = []

    /// The settings, outermost first: `kernel 3, stride 2`.
    public static var description: String { settings.joined(separator: ", ") }
}
