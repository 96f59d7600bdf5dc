import CNN
import Graph
import Imaging
import Tensor
import Train
import Valence

let network = try Sequential(input: [48, 48, 1], seed: 1) {
    Conv2D(filters: 4, kernel: 3, stride: 2)
    ReLU()
    GlobalAveragePool()
    Dense(Expression.allCases.count)
    Softmax()
}
let faces = SyntheticFaces.dataset(count: 128, seed: 1)
var trainer = Trainer(network, optimizer: Adam(), schedule: .constant(1e-3), seed: 1)
let report = try trainer.runEpoch(on: faces)
print("trained on \(report.count) faces")

let face = Tensor(faces.image(at: 0)) / 255
print("probabilities \(trainer.network(face.expandingAxis(0)).shape)")

let recommender = try SongRecommender(SongLibrary.embedded())
for song in try recommender.songs(for: Wish(.happy)).prefix(1) {
    print("music: \(song.song.nameWithArtist)")
}
