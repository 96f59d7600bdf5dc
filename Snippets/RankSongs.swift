import Foundation
import Graph
import Valence

let folder = URL(filePath: "Music")
try SongImport().run(from: URL(filePath: "tracks.csv"), into: folder)
var library = try SongLibrary(at: folder)
try library.buildGraph(SongGraph.Recipe(.nearest(20, mutual: false)))

let recommender = try SongRecommender(library)
for recommendation in try recommender.songs(for: Wish(.sad)) {
    print(recommendation.song.nameWithArtist, recommendation.song.link)
    print("   ", recommendation.reasons.map(\.description).joined(separator: "; "))
}
