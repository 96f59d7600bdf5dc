public import Foundation

/// Writes files so that a reader, or a machine that lost power, finds either the old bytes or the
/// new ones, never a part.
public enum AtomicFile {
    /// Replaces the contents of a file, or creates it.
    ///
    /// The bytes go to a temporary file in the same folder, reach the disk, and take the name of
    /// the file in one step; then the folder reaches the disk. Nothing but the temporary file
    /// changes until that step, and a failure removes it. Only a process that is killed leaves
    /// it behind: a hidden file with the extension `partial`.
    ///
    /// - Parameters:
    ///   - bytes: The whole new contents.
    ///   - url: The file. If it is a symbolic link, the file that it points to.
    ///   - previous: A name in the same folder that the old contents keep. What it named before
    ///     is lost.
    /// - Throws: `FileError` with the reason of the system: no such folder, no permission, disk
    ///   full.
    /// - Complexity: O(*n*) in the number of bytes.
    public static func write(
        _ bytes: some ContiguousBytes, to url: URL, keepingPreviousAs previous: URL? = nil
    ) throws(FileError) {
        var writer = try AtomicFileWriter(to: url)
        try writer.write(bytes)
        try writer.commit(keepingPreviousAs: previous)
    }

    /// A hidden name beside the file that no other writer uses.
    static func temporarySibling(of url: URL) -> URL {
        url.deletingLastPathComponent()
            .appending(path: ".\(url.lastPathComponent).\(UUID().uuidString.prefix(8)).partial")
    }

    /// Gives a file a second name, so that the first can be taken from it without a moment in
    /// which neither exists.
    static func keep(_ url: URL, as previous: URL) throws(FileError) {
        let link = temporarySibling(of: previous)
        let linkPath = link.path
        if Foundation.link(url.path, linkPath) == 0 {
            // `rename` does nothing when both are names of one file already; the link would stay.
            defer { unlink(linkPath) }
            try rename(link, to: previous)
        } else if errno != ENOENT {
            // Some file systems have no hard links. The file is whole under either name.
            try rename(url, to: previous)
        }
    }

    /// Gives a file another name, whatever had it before.
    static func rename(_ source: URL, to target: URL) throws(FileError) {
        let status = Foundation.rename(
            source.path, target.path)
        guard status == 0 else { throw .system(errno, cannot: "write", at: target) }
    }

    /// Waits until the disk has all bytes of a file that others wrote.
    package static func synchronize(_ url: URL) throws(FileError) {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, cannot: "open", at: url) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(errno, cannot: "write", at: url) }
    }

    /// Waits until the disk knows the names of a folder.
    static func synchronizeFolder(of url: URL) throws(FileError) {
        let folder = url.deletingLastPathComponent()
        let descriptor = open(
            folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, cannot: "open", at: folder) }
        defer { close(descriptor) }
        // Some file systems do not synchronize folders and answer EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw .system(errno, cannot: "synchronize", at: folder)
        }
    }
}
