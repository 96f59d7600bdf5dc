public import CNN
public import Files
public import Foundation
public import Tensor

/// The files of a training run.
///
/// | file | contents |
/// |---|---|
/// | `run.json` | data, architecture and configuration: all that resuming needs |
/// | `history.csv`, `history.json` | a row for each epoch |
/// | `curves.png`, `curves.svg` | loss and accuracy over the epochs |
/// | `confusion.png`, `confusion.svg` | the confusion matrix after the last epoch |
/// | `best.safetensors`, `last.safetensors` | the network after the best and the last epoch |
/// | `checkpoint`, `checkpoint.previous` | where a resumed run goes on |
/// | `targets.npy` | what teachers say of each training picture, where there are teachers |
/// | `events.out.tfevents.*` | the same figures for TensorBoard |
public struct RunFolder: Hashable, Sendable {
    /// The folder.
    public let url: URL

    /// Names the files of a folder; nothing is read or written.
    public init(_ url: URL) {
        self.url = url
    }

    /// The network after the epoch with the best validation accuracy.
    public var bestWeights: URL { url.appending(path: "best.safetensors") }
    /// The network after the last complete epoch.
    public var lastWeights: URL { url.appending(path: "last.safetensors") }
    /// Where a resumed run goes on.
    public var checkpoint: URL { url.appending(path: "checkpoint") }
    /// The checkpoint before.
    public var previousCheckpoint: URL { url.appending(path: "checkpoint.previous") }

    /// What teachers say of each training picture, `[count, classes]`.
    public var targets: URL { url.appending(path: "targets.npy") }

    private var description: URL { url.appending(path: "run.json") }

    /// What a run consists of, but for the data itself.
    public struct Description: Codable, Sendable {
        /// Where the data came from, as whoever started the run named it.
        public var data: String
        /// What the validation data are: `public`, `test`, ...
        public var validation: String
        /// Whether damaged pictures were left out.
        public var skipsDamaged: Bool
        /// The files of the teachers; nil where there are none.
        public var teachers: [String]?
        /// How much the teachers count.
        public var teacherShare: Float?
        /// The network without its weights, as JSON.
        public var architecture: String
        /// All that determines the training.
        public var configuration: TrainingConfiguration

        /// Describes a run.
        public init(
            data: String, validation: String, skipsDamaged: Bool, teachers: [String]? = nil,
            teacherShare: Float? = nil, architecture: Architecture,
            configuration: TrainingConfiguration
        ) throws {
            self.data = data
            self.validation = validation
            self.skipsDamaged = skipsDamaged
            self.teachers = teachers
            self.teacherShare = teacherShare
            self.architecture = String(decoding: try architecture.json, as: UTF8.self)
            self.configuration = configuration
        }
    }

    /// Creates the folder for a new run.
    ///
    /// - Parameters:
    ///   - description: What the run consists of. It is written last: a folder with it is complete.
    ///   - targets: Asks the teachers, if there are any; is called when the folder is there.
    /// - Throws: `FileError` where the folder cannot be made, or holds a run already, and what
    ///   `targets` throws.
    public func create(
        _ description: Description, targets: () throws -> Tensor? = { nil }
    ) throws {
        let path = url.path(percentEncoded: false)
        guard !FileManager.default.fileExists(atPath: self.description.path(percentEncoded: false))
        else {
            throw FileError(
                .inaccessible, at: path,
                "holds a run already. Go on with it by --resume, or name another folder.")
        }
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                .inaccessible, at: path,
                "the folder cannot be made: \(error.localizedDescription) Name another one.")
        }
        if let targets = try targets() { try NPYFile(targets).write(to: self.targets) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(try encoder.encode(description), to: self.description)
    }

    /// Reads what the run in this folder consists of.
    ///
    /// - Throws: `FileError` where there is no run, or its description is damaged.
    public func readDescription() throws(FileError) -> Description {
        let path = description.path(percentEncoded: false)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw FileError(
                .notFound, at: url.path(percentEncoded: false),
                "there is no training run in this folder: it has no run.json. Check the path.")
        }
        guard let description = try? JSONDecoder().decode(Description.self, from: bytes) else {
            throw FileError(.damaged, at: path, "the description of the run is damaged.")
        }
        if let problem = description.configuration.problem {
            throw FileError(.damaged, at: path, "\(problem).")
        }
        return description
    }

    /// Reads the last checkpoint; nil if the run was stopped before the first.
    ///
    /// - Throws: `FileError` where it is damaged; the message names an intact one before it.
    public func readCheckpoint() throws(FileError) -> TrainingCheckpoint? {
        do {
            return try TrainingCheckpoint(contentsOf: checkpoint)
        } catch  where error.code == .notFound {
            // File systems without hard links have a moment with nothing but the one before.
            do {
                return try TrainingCheckpoint(contentsOf: previousCheckpoint)
            } catch  where error.code == .notFound {
                return nil
            }
        } catch  where error.code == .damaged {
            var error = error
            if let previous = try? TrainingCheckpoint(contentsOf: previousCheckpoint) {
                error.message +=
                    " The one before it, after step \(previous.progress.steps), is intact; to go on "
                    + "from there: --resume \(previousCheckpoint.path(percentEncoded: false))"
            } else {
                error.message += " There is no intact one before it; start the run anew."
            }
            throw error
        }
    }

    /// Reads a checkpoint that was named, and makes it the last one.
    ///
    /// It takes the place of a damaged last one at once, so that no damaged one ever becomes the
    /// one before.
    ///
    /// - Throws: `FileError` where it cannot be read or is damaged, or the folder cannot be written.
    public func returnToCheckpoint(at file: URL) throws(FileError) -> TrainingCheckpoint {
        let earlier = try TrainingCheckpoint(contentsOf: file)
        if file.resolvingSymlinksInPath() != checkpoint.resolvingSymlinksInPath() {
            try AtomicFile.write(try MappedFile(contentsOf: file), to: checkpoint)
        }
        return earlier
    }
}
