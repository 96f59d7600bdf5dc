public import Files
public import Foundation

extension History {
    /// Writes `history.csv` and `history.json` into a folder; each replaces its predecessor at once.
    ///
    /// - Throws: `FileError` where the folder cannot be written.
    /// - Complexity: O(*n*) in the number of epochs.
    public func write(to folder: URL) throws {
        try AtomicFile.write(Data(csv.utf8), to: folder.appending(path: "history.csv"))
        try AtomicFile.write(json(), to: folder.appending(path: "history.json"))
    }

    /// Reads a `history.json`.
    ///
    /// - Throws: `FileError` where there is no such file or it is not a history.
    /// - Complexity: O(*n*) in the number of epochs.
    public init(contentsOf url: URL) throws(FileError) {
        let path = url.path(percentEncoded: false)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw FileError(.notFound, at: path, "cannot be read. Check the path.")
        }
        do {
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = .convertFromString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            self = try decoder.decode(History.self, from: bytes)
        } catch {
            throw FileError(
                .damaged, at: path,
                "is not a history of epochs. Delete it, or resume from another run.")
        }
    }

    /// The reports as JSON; a number that is none, as after a loss ran away, becomes `"nan"`.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try encoder.encode(self)
    }

    /// The reports as comma-separated values, a line each; a missing value is empty.
    public var csv: String {
        let header = [
            "epoch", "loss", "accuracy", "standardError", "count", "validationLoss",
            "validationAccuracy", "validationStandardError", "validationCount", "learningRate",
            "imagesPerSecond", "seconds",
        ]
        let lines = epochs.map { report in
            [
                String(report.epoch), cell(report.loss), cell(report.accuracy),
                cell(report.standardError), String(report.count), cell(report.validationLoss),
                cell(report.validationAccuracy), cell(report.validationStandardError),
                String(report.validationCount), cell(report.learningRate),
                cell(report.imagesPerSecond), cell(report.seconds),
            ].joined(separator: ",")
        }
        return ([header.joined(separator: ",")] + lines).map { $0 + "\n" }.joined()
    }

    /// A number in full precision.
    private func cell(_ value: Double?) -> String {
        value.map { String($0) } ?? ""
    }
}
