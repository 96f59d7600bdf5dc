public import Files
public import Foundation
import Imaging

extension Figure {
    /// Writes the figure as `NAME.png`, twice its size, and as `NAME.svg`.
    ///
    /// - Throws: `FileError` where the folder cannot be written.
    public func write(to folder: URL, named name: String) throws(FileError) {
        try AtomicFile.write(image().pngData(), to: folder.appending(path: "\(name).png"))
        try AtomicFile.write(Data(svg.utf8), to: folder.appending(path: "\(name).svg"))
    }
}
