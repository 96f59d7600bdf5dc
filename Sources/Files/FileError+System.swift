package import Foundation

extension FileError {
    /// The error of a system call that has just failed, with the system's own words for it and,
    /// where one is known, the remedy.
    ///
    /// - Parameters:
    ///   - number: The value of `errno`.
    ///   - action: What was tried, to follow "cannot": `write`.
    ///   - url: The file or folder.
    /// - Returns: The error to throw.
    package static func system(_ number: Int32, cannot action: String, at url: URL) -> FileError {
        let code: Code = number == ENOENT || number == ENOTDIR ? .notFound : .inaccessible
        let reason = String(cString: strerror(number)).lowercased()
        return FileError(
            code, at: url.path,
            "cannot \(action): \(reason)." + (remedy(for: number).map { " \($0)" } ?? ""))
    }

    private static func remedy(for number: Int32) -> String? {
        switch number {
        case ENOENT, ENOTDIR: "Check the path."
        case EACCES, EPERM: "Check the permissions of the file and its folder."
        case EROFS: "Choose a folder on a file system that can be written."
        case ENOSPC, EDQUOT: "Free some space or choose another folder."
        case EISDIR: "Name a file, not a folder."
        default: nil
        }
    }
}
