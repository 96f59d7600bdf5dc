import ArgumentParser
import CommandSupport
import Foundation

/// The options of commands that measure networks on pictures.
struct MeasuringOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Kaggle folder, zip or CSV of FER-2013, or any folder of class folders. "
                + "(default: $VALENCE_FER2013, or Datasets/fer2013*)", valueName: "path"))
    var data: String?

    @Flag(help: "Count and leave out damaged pictures.")
    var skipDamaged = false

    @Option(
        help: ArgumentHelp(
            "The number of threads. (default: as many as processors)", valueName: "n"))
    var threads: Int?

    @Flag(help: "Print one JSON object on one line.")
    var json = false

    func validate() throws {
        try checkThreads(threads)
    }

    /// The number of threads that was asked for, or that of processors.
    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}
