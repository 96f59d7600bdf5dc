import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// The labeled pictures that a command works on, wherever they come from.
enum DataSource {
    case fer2013(FER2013)
    case imageFolder(ImageFolder)
    case synthetic(SyntheticFaces)

    /// What a run stores in place of a path when there are none but drawn faces.
    static let syntheticName = "synthetic"

    /// The data that is named by an option, by `VALENCE_FER2013`, or that lies in `Datasets`; drawn
    /// faces where there is none.
    static func defaultPath(
        option: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        if let option { return option }
        if let path = environment["VALENCE_FER2013"], !path.isEmpty { return path }
        let folder = "Datasets"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let found = names.sorted().first { $0.lowercased().hasPrefix("fer2013") }
        return found.map { "\(folder)/\($0)" } ?? syntheticName
    }

    /// Reads the pictures.
    ///
    /// - Parameters:
    ///   - path: A path, or `syntheticName`.
    ///   - input: The shape that other pictures than faces are brought to,
    ///     `[height, width, channels]`.
    ///   - classNames: The classes of a network that is trained already.
    ///   - skipsDamaged: Whether damaged pictures are counted and left out.
    ///   - seed: Where drawn faces come from.
    /// - Throws: `FileError` that names the picture or row, or says that there are none.
    /// - Returns: The pictures.
    static func open(
        _ path: String, input: Shape, classNames: [String]? = nil, skipsDamaged: Bool, seed: UInt64
    ) throws -> DataSource {
        if path == syntheticName { return .synthetic(SyntheticFaces(seed: seed)) }
        let url = URL(filePath: path)
        let policy: DamagedPolicy = skipsDamaged ? .skip : .fail
        switch try DatasetFormat(of: url) {
        case .fer2013:
            return .fer2013(try FER2013(contentsOf: url, onDamaged: policy))
        case .imageFolder:
            return .imageFolder(
                try ImageFolder(
                    contentsOf: url, height: input[0], width: input[1], channels: input[2],
                    classNames: classNames, onDamaged: policy))
        }
    }

    /// The pictures to learn from and those to evaluate on after every epoch.
    ///
    /// - Throws: `FileError` where there are none, `CommandError` where a classifier cannot be
    ///   learned from them.
    func trainingAndValidation(
        _ choice: ValidationChoice, seed: UInt64
    ) throws -> (training: ImageDataset, validation: ImageDataset) {
        switch self {
        case .fer2013(let faces):
            let validation = try choice == .public ? faces.publicTest : faces.test
            return (try faces.training, validation)
        case .imageFolder(let pictures):
            let training = try pictures.training
            guard pictures.classNames.count > 1 else {
                throw CommandError(
                    "\(pictures.location): holds pictures of a single class, "
                        + "\(pictures.classNames.joined()); a classifier tells two or more apart")
            }
            if let heldOut = pictures.heldOut { return (training, heldOut) }
            let parts = training.split(validationFraction: 0.1, seed: seed)
            guard parts.validation.count > 0 else {
                throw CommandError(
                    "\(pictures.location): no class has a picture to spare for validation; add "
                        + "some, or put some into a folder named validation")
            }
            return parts
        case .synthetic(let faces):
            return (faces.training, faces.validation)
        }
    }

    /// The pictures of one split.
    func dataset(_ split: SplitChoice) throws -> ImageDataset {
        switch (self, split) {
        case (.fer2013(let faces), .training): return try faces.training
        case (.fer2013(let faces), .public): return try faces.publicTest
        case (.fer2013(let faces), .private): return try faces.privateTest
        case (.fer2013(let faces), .test): return try faces.test
        case (.imageFolder(let pictures), .training): return try pictures.training
        case (.imageFolder(let pictures), .validation):
            return try pictures.dataset(of: .validation)
        case (.imageFolder(let pictures), .test): return try pictures.dataset(of: .test)
        case (.synthetic(let faces), .training): return faces.training
        case (.synthetic(let faces), .validation): return faces.validation
        default:
            let names = splits.map(\.rawValue).joined(separator: ", ")
            throw CommandError("these pictures have no split \(split.rawValue), only: \(names)")
        }
    }

    /// Reads the pictures for networks that are trained already, and says what was left out.
    ///
    /// - Throws: What the other `open` throws.
    static func open(
        _ path: String, for ensemble: Ensemble, skipsDamaged: Bool
    ) throws -> DataSource {
        let source = try open(
            path, input: ensemble.input, classNames: ensemble.classNames,
            skipsDamaged: skipsDamaged, seed: 42)
        if let first = source.skipped.first {
            Terminal.note(
                "left out \(source.skipped.count) damaged or unusable; the first: \(first)")
        }
        return source
    }

    /// The positions of the pictures of a part that are among those to learn from, byte by byte; nil
    /// where there are none to learn from.
    func duplicates(in dataset: ImageDataset) throws -> [Int]? {
        guard splits.contains(.training) else { return nil }
        return dataset.duplicates(of: try self.dataset(.training))
    }

    /// The splits that can be evaluated on; the first is what is meant where none is named.
    var splits: [SplitChoice] {
        switch self {
        case .fer2013(let faces):
            let available = faces.availableSplits
            var splits: [SplitChoice] = available.contains(.publicTest) ? [.public] : []
            if available.contains(.privateTest) { splits.append(.private) }
            if splits.count == 2 { splits.append(.test) }
            return available.contains(.training) ? splits + [.training] : splits
        case .imageFolder(let pictures):
            return pictures.availableSplits.reversed().compactMap {
                SplitChoice(rawValue: $0.rawValue)
            }
        case .synthetic:
            return [.validation, .training]
        }
    }

    /// Pictures that were damaged and left out, one line each.
    var skipped: [String] {
        switch self {
        case .fer2013(let faces): faces.skipped.map(String.init(describing:))
        case .imageFolder(let pictures): pictures.skipped.map(String.init(describing:))
        case .synthetic: []
        }
    }
}
