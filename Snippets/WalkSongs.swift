import Foundation
import Graph

let library = try SongLibrary(at: URL(filePath: "Music"))
let rows = try library.catalog.search("so what miles davis")

if let graph = library.graph, let row = rows.first {
    print("alike:")
    for neighbor in graph.neighbors(of: row).sorted(by: { $0.weight < $1.weight }).prefix(5) {
        print("   ", try library.catalog.song(at: neighbor.row).title, neighbor.weight)
    }
    print("on the way of who walks on from there:")
    let visits = PersonalizedPageRank().localScores(in: graph, restart: [(row: row, mass: 1)])
    for visit in visits.sorted(by: { $0.score > $1.score }).prefix(5) {
        print("   ", try library.catalog.song(at: visit.row).title, visit.score)
    }
}
