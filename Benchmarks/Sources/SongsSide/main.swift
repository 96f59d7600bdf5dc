// Valence's side of `Benchmarks/songs`.
//
// songs-side prepare VALUES FEATURES     turns Doubles, [songs, 13], into a file of features
// songs-side vectors FEATURES SET OUT    writes the vectors, [songs, dimensions], as Doubles
// songs-side graph FEATURES SET NEIGHBORS THREADS GRAPH [ROW...]
//                                        builds a graph, writes and reopens it, and prints JSON

import Foundation
import Graph

struct Usage: Error {}

struct Report: Encodable {
    var songs: Int
    var edges: Int
    /// From the features to the graph, in memory.
    var seconds: Double
    var writing: Double
    var opening: Double
    var bytes: Int
    /// The most bytes that were resident at a time.
    var peak: Int
    /// Row and distance of each neighbor of the rows that were asked for.
    var neighbors: [[[Double]]]
}

func seconds<Result>(_ body: () throws -> Result) rethrows -> (Result, Double) {
    let start = ContinuousClock.now
    let result = try body()
    return (result, (ContinuousClock.now - start) / .seconds(1))
}

func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

/// The most bytes that were resident at a time; `getrusage` would count the program that started
/// this one.
func peakBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return (line?.split(whereSeparator: \.isWhitespace)[1]).flatMap { Int($0) }.map { 1024 * $0 }
        ?? 0
}

func prepare(values: String, features: String) throws {
    let width = AudioFeature.allCases.count
    let songs = try Data(contentsOf: url(values)).withUnsafeBytes { bytes in
        let values = bytes.bindMemory(to: Double.self)
        return (0..<values.count / width).map { row in
            var song = AudioFeatures()
            for feature in AudioFeature.allCases {
                song[feature] = values[row * width + feature.rawValue]
            }
            return song
        }
    }
    try SongFeatures(songs).write(to: url(features))
}

func vectors(of features: String, set: FeatureSet, into file: String) throws {
    let features = try SongFeatures(contentsOf: url(features))
    let space = try FeatureSpace(FeatureRecipe(set), fitting: features)
    let matrix = space.matrix(of: features)
    var data = Data()
    for row in 0..<matrix.count { matrix[row].withUnsafeBytes { data.append(contentsOf: $0) } }
    try data.write(to: url(file))
}

func graph(
    of features: String, set: FeatureSet, neighbors: Int, threads: Int, file: String, rows: [Int]
) throws {
    let features = try SongFeatures(contentsOf: url(features))
    let recipe = SongGraph.Recipe(
        .nearest(neighbors, mutual: false), features: FeatureRecipe(set))
    let (graph, building) = try seconds {
        try SongGraph.build(recipe, over: features, threads: threads)
    }
    let (_, writing) = try seconds { try graph.write(to: url(file)) }
    let peak = try peakBytes()
    let (_, opening) = try seconds {
        let opened = try SongGraph(contentsOf: url(file))
        return opened.neighbors(of: opened.count / 2).map(\.weight)
    }
    let report = Report(
        songs: graph.count, edges: graph.edgeCount, seconds: building, writing: writing,
        opening: opening, bytes: graph.byteCount, peak: peak,
        neighbors: rows.map { graph.neighbors(of: $0).map { [Double($0.row), $0.weight] } })
    try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(report))
}

do {
    let words = Array(CommandLine.arguments.dropFirst())
    switch words.first {
    case "prepare" where words.count == 3: try prepare(values: words[1], features: words[2])
    case "vectors" where words.count == 4:
        guard let set = FeatureSet(rawValue: words[2]) else { throw Usage() }
        try vectors(of: words[1], set: set, into: words[3])
    case "graph" where words.count >= 6:
        guard let set = FeatureSet(rawValue: words[2]), let neighbors = Int(words[3]),
            let threads = Int(words[4])
        else { throw Usage() }
        try graph(
            of: words[1], set: set, neighbors: neighbors, threads: threads, file: words[5],
            rows: words[6...].compactMap { Int($0) })
    default: throw Usage()
    }
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(1)
}
