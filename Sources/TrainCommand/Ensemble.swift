import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// One network, or several that vote.
struct Ensemble {
    private let files: [String]
    private let networks: [Sequential]

    /// Loads the networks.
    ///
    /// - Throws: `FileError` or `WeightsError` where a file holds no network, `CommandError` where
    ///   one takes no pictures.
    init(_ files: [String]) throws {
        self.files = files
        networks = try files.map { try Sequential(contentsOf: URL(filePath: $0)) }
        for (file, network) in zip(files, networks) {
            try ModelChoice.checkPictures(network.inputShape, of: file)
        }
    }

    /// The pictures that the first takes, `[height, width, channels]`.
    var input: Shape { networks[0].inputShape }

    /// The classes that the first tells apart, where it says so.
    var classNames: [String]? {
        networks[0].classNames.isEmpty ? nil : networks[0].classNames
    }

    /// That of a single network; a mean of several has none.
    var calibration: Calibration? {
        networks.count == 1 ? networks[0].calibration : nil
    }

    /// Checks that the pictures are what every network was trained for.
    ///
    /// - Throws: `CommandError` that names the file.
    func checkFit(_ dataset: ImageDataset) throws {
        for (file, network) in zip(files, networks) {
            try checkFit(network, of: file, dataset)
        }
    }

    private func checkFit(_ network: Sequential, of file: String, _ dataset: ImageDataset) throws {
        let shape: Shape = [dataset.height, dataset.width, dataset.channels]
        guard shape == network.inputShape else {
            throw CommandError(
                "\(file): the network takes pictures of \(network.inputShape), not \(shape)")
        }
        let (known, found) = (network.classNames, dataset.classNames)
        guard known.isEmpty || known == found else {
            throw CommandError(
                "\(file): the network tells \(known.joined(separator: ", ")) apart, the pictures "
                    + "are of \(found.joined(separator: ", "))")
        }
        guard network.outputShape == [found.count] else {
            throw CommandError(
                "\(file): the network ends in \(network.outputShape), the data has \(found.count) "
                    + "classes")
        }
    }

    /// What the networks say, each or in their mean.
    func predictions(
        on dataset: ImageDataset, augmentation: TestTimeAugmentation, threads: Int
    ) throws -> Predictions {
        Predictions(
            vote: try networks.map {
                try $0.predictions(on: dataset, augmentation: augmentation, threads: threads)
            })
    }
}
