import Files

/// Takes in the songs of a list: merges repeated ones, keeps the features, and counts what is odd.
struct SongIntake {
    private let reader: SongListReader
    private let isStrict: Bool
    private var merger: SongMerger
    /// `[songs, 13]` in pieces of whole rows.
    private(set) var features: [StoredArray<Double>] = []
    /// What was found so far.
    private(set) var report = ImportReport()

    init(_ settings: SongImport, of reader: SongListReader) {
        self.reader = reader
        isStrict = settings.isStrict
        merger = SongMerger(settings.merge)
        report.missing = reader.missingFeatures
    }

    /// Reads the list.
    ///
    /// - Parameters:
    ///   - progress: Called after each part.
    ///   - take: Called with each song, and the row that it repeats if it is none of its own.
    /// - Throws: `FileError` if there are no songs, or a row is bad and the import strict; or what
    ///   `take` throws.
    mutating func readAll(
        progress: SongImport.Progress,
        _ take: (_ song: SongRecord, _ repeated: Int?) throws -> Void
    ) throws {
        progress(.reading, 0, reader.byteCount)
        report.readingTime = try reader.forEachBatch { batch, firstRow in
            try note(batch, firstRow)
            var kept: [Double] = []
            kept.reserveCapacity(batch.features.count)
            for index in 0..<batch.count {
                let values = batch.features(of: index)
                try batch.records.withRecord(index) { song in
                    let repeated = merger.row(of: song, values)
                    if repeated == nil {
                        kept.append(contentsOf: values)
                        note(unusual: batch.unusual[index])
                    }
                    try take(song, repeated)
                }
            }
            features.append(StoredArray(kept))
            report.repeatedRows += batch.count - kept.count / SongFeatures.width
            progress(.reading, batch.range.upperBound, reader.byteCount)
        }
        report.songs = merger.count
        guard report.songs > 0 else {
            throw FileError(
                .damaged, at: reader.location,
                "has no songs" + (report.reasons.first.map { ": \($0)" } ?? "."))
        }
    }

    private mutating func note(_ batch: SongBatch, _ firstRow: Int) throws(FileError) {
        for bad in batch.badRows.prefix(ImportReport.reasonLimit - report.reasons.count) {
            let place = "row \(firstRow + bad.index)"
            if isStrict {
                throw FileError(
                    .damaged, at: "\(reader.location), \(place)",
                    "\(bad.reason). Without --strict such rows are left out.")
            }
            report.reasons.append("\(place) \(bad.reason).")
        }
        report.badRows += batch.badRowCount
    }

    private mutating func note(unusual: UInt16) {
        guard unusual != 0 else { return }
        for feature in AudioFeature.allCases where unusual >> feature.rawValue & 1 == 1 {
            report.unusual[feature, default: 0] += 1
        }
    }
}
