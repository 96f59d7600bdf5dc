import Files
import Foundation
import Testing
import Train
import _TestSupport

@Suite struct HistoryTests {
    @Test func bestIsTheFirstOfTheHighestValidationAccuracies() {
        let history = History(training: [0.9, 0.8, 0.7, 0.6], validation: [0.4, 0.6, 0.6, 0.5])
        #expect(history.best?.epoch == 2)
    }

    @Test func bestWithoutValidationIsByTraining() {
        #expect(History(training: [0.2, 0.9, 0.7]).best?.epoch == 2)
    }

    @Test func bestPassesOverWhatIsNotANumber() {
        #expect(History(training: [.nan, 0.3, .nan]).best?.epoch == 2)
        #expect(History(training: [0.3, .nan]).best?.epoch == 1)
    }

    @Test func bestOfNothing() {
        #expect(History().best == nil)
    }
}

@Suite struct HistoryFilesTests {
    @Test func jsonRoundTrip() throws {
        try withTemporaryFolder { folder in
            let history = History(training: [0.1, 1.0 / 3], validation: [0.25, 0.3])
            try history.write(to: folder)
            #expect(try History(contentsOf: folder.appending(path: "history.json")) == history)
        }
    }

    @Test func jsonKeepsWhatIsNotANumber() throws {
        try withTemporaryFolder { folder in
            try History(training: [.nan]).write(to: folder)
            let read = try History(contentsOf: folder.appending(path: "history.json"))
            #expect(read.epochs[0].accuracy.isNaN)
            #expect(read.epochs[0].validationAccuracy == nil)
        }
    }

    @Test func csvKeepsEveryDigit() throws {
        try withTemporaryFolder { folder in
            let history = History(training: [0.1, 1.0 / 3], validation: [0.25, 0.3])
            try history.write(to: folder)
            let text = try String(
                contentsOf: folder.appending(path: "history.csv"), encoding: .utf8)
            let lines = text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(lines.count == 3)
            for (report, cells) in zip(history.epochs, lines.dropFirst()) {
                let row = Dictionary(uniqueKeysWithValues: zip(lines[0], cells))
                #expect(cells.count == lines[0].count)
                #expect(row["epoch"] == String(report.epoch))
                #expect(row["loss"].flatMap(Double.init) == report.loss)
                #expect(row["accuracy"].flatMap(Double.init) == report.accuracy)
                #expect(row["validationLoss"].flatMap(Double.init) == report.validationLoss)
                #expect(row["validationAccuracy"].flatMap(Double.init) == report.validationAccuracy)
                #expect(row["seconds"].flatMap(Double.init) == report.seconds)
            }
        }
    }

    @Test func csvLeavesMissingValuesEmpty() {
        #expect(
            History(training: [0.5]).csv == """
                epoch,loss,accuracy,standardError,count,validationLoss,validationAccuracy,\
                validationStandardError,validationCount,learningRate,imagesPerSecond,seconds
                1,1.0,0.5,0.05,100,,,,0,0.001,300.0,12.5

                """)
    }

    @Test func damagedFileIsNamed() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "history.json")
            try Data("{}".utf8).write(to: file)
            let error = #expect(throws: FileError.self) { try History(contentsOf: file) }
            #expect(error?.code == .damaged)
            #expect(error?.location == file.path(percentEncoded: false))
        }
    }

    @Test func missingFileIsNamed() {
        let error = #expect(throws: FileError.self) {
            try History(contentsOf: URL(filePath: "/nowhere/history.json"))
        }
        #expect(error?.code == .notFound)
    }
}

extension History {
    /// A history of some accuracies, the other figures made up.
    init(training: [Double], validation: [Double]? = nil) {
        self.init(
            training.indices.map { index in
                EpochReport(
                    epoch: index + 1, epochCount: training.count, loss: 1 / Double(index + 1),
                    accuracy: training[index], count: 100,
                    validationLoss: validation.map { 2 - $0[index] },
                    validationAccuracy: validation?[index],
                    validationCount: validation == nil ? 0 : 50, learningRate: 0.001,
                    imagesPerSecond: 300, seconds: 12.5)
            })
    }
}
