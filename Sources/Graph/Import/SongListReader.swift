import Files
import Foundation
import Kernels

/// Reads a list of songs part by part, several parts at once on several threads.
///
/// A thread begins behind the first line feed of its part, which nearly always ends a row. Where it
/// does not, because a quoted field has lines, the part before ends elsewhere, and where a quote is
/// never closed, more is known there: then the part is read again from there. So the songs are those of a reading from start to end.
struct SongListReader {
    private let reader: CSVReader
    private let columns: SongListColumns
    private let pool: ThreadPool

    /// The bytes of a part, and how far a row may go on behind one whose beginning is a guess.
    private let partSize: Int

    /// Opens a list and looks at its columns.
    ///
    /// - Throws: `FileError` if it cannot be read, or lacks a column.
    init(
        contentsOf url: URL, threads: Int? = nil, partSize: Int = 1 << 20
    ) throws(FileError) {
        self.partSize = partSize
        reader = try CSVReader(contentsOf: url)
        columns = try SongListColumns(of: reader)
        pool = threads.map(ThreadPool.init) ?? ThreadPool()
    }

    /// What messages call the list: its path.
    var location: String { reader.location }

    /// Features that the list does not have.
    var missingFeatures: [AudioFeature] {
        AudioFeature.allCases.filter { columns.features[$0.rawValue] == nil }
    }

    /// The number of bytes.
    var byteCount: Int { reader.bytes.withUnsafeBytes(\.count) }

    /// Calls the body with each part in order, and the number of its first row as a spreadsheet
    /// counts them.
    ///
    /// - Returns: How long the reading took, without the body.
    func forEachBatch(
        _ body: (SongBatch, _ firstRow: Int) throws -> Void
    ) rethrows -> Duration {
        let clock = ContinuousClock()
        var time = Duration.zero
        try reader.bytes.withUnsafeBytes { bytes in
            var next = reader.scanner.place
            var row = reader.scanner.rowCount + 1
            while next.position < bytes.count {
                let start = clock.now
                let parts = parts(from: next, of: bytes)
                time += clock.now - start
                for (part, guess) in parts where next.position < part.upperBound {
                    let batch =
                        if let guess, guess.start == next { guess } else {
                            SongBatch(
                                from: next, to: part.upperBound, limit: bytes.count, of: bytes,
                                columns)
                        }
                    try body(batch, row)
                    next = batch.end
                    (reader.bytes as? MappedFile)?.release(batch.range)
                    row += batch.rowCount
                }
            }
        }
        return time
    }

    /// Reads as many parts as there are threads.
    ///
    /// - Parameters:
    ///   - start: Where a row begins.
    ///   - bytes: The list.
    /// - Returns: The parts, and their songs unless a row of a part seems to be too long.
    private func parts(
        from start: CSVScanner.Place, of bytes: UnsafeRawBufferPointer
    ) -> [(range: Range<Int>, batch: SongBatch?)] {
        var parts: [(range: Range<Int>, batch: SongBatch?)] =
            stride(from: start.position, to: bytes.count, by: partSize).prefix(pool.threadCount)
            .map { ($0..<min($0 + partSize, bytes.count), nil) }
        parts.withUnsafeMutableBufferPointer { parts in
            pool.split(parts.count) { _, share in
                for index in share {
                    let range = parts[index].range
                    parts[index].batch =
                        range.lowerBound == start.position
                        ? SongBatch(
                            from: start, to: range.upperBound, limit: bytes.count, of: bytes,
                            columns)
                        : guess(range, of: bytes)
                }
            }
        }
        return parts
    }

    /// The songs of a part if a row begins behind its first line feed.
    private func guess(_ part: Range<Int>, of bytes: UnsafeRawBufferPointer) -> SongBatch? {
        let lineFeed = UInt8(ascii: "\n")
        guard let end = bytes[(part.lowerBound - 1)..<part.upperBound].firstIndex(of: lineFeed)
        else { return nil }
        let limit = min(part.upperBound + partSize, bytes.count)
        let batch = SongBatch(
            from: CSVScanner.Place(end + 1), to: part.upperBound, limit: limit, of: bytes, columns)
        return batch.end.position >= part.upperBound ? batch : nil
    }
}
