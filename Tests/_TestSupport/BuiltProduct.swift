public import Foundation

/// Where the build put a program of this package: beside the tests.
public func builtProduct(_ name: String) -> URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name)
}
