import Valence

/// Prints what is read, frame by frame.
protocol Report {
    /// Prints what was read in a frame.
    ///
    /// - Returns: Whether anybody reads it.
    mutating func show(_ reading: FrameReading) throws -> Bool

    /// Prints what the run was like in all.
    func finish(_ summary: Summary) throws
}

extension OutputFormat {
    /// The report in this format.
    ///
    /// - Parameters:
    ///   - isStream: Whether frames follow each other in time.
    ///   - showsFrames: Whether single frames are reported to people, who may see them elsewhere.
    /// - Returns: The report.
    /// - Throws: `OutputError` where nothing can be printed.
    func report(isStream: Bool, showsFrames: Bool) throws -> any Report {
        switch self {
        case .text: isStream ? StreamReport(showsChanges: showsFrames) : PictureReport()
        case .json: JSONReport()
        case .csv: try CSVReport()
        }
    }
}
