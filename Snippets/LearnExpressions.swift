import CNN
import Foundation
import Train

let faces = SyntheticFaces()
let network = try Sequential(input: [48, 48, 1], seed: 42) {
    for width in [8, 16, 32] {
        Conv2D(filters: width, kernel: 3, padding: .same)
        ReLU()
        MaxPool(2)
    }
    Flatten()
    Dense(7)
}
var trainer = Trainer(
    network, optimizer: Adam(), schedule: .constant(1e-3), augmentation: .light, seed: 42)
var history = History()
for _ in 1...5 {
    history.append(try trainer.runEpoch(on: faces.training, validating: faces.validation))
}

let evaluation = try trainer.evaluate(on: faces.validation)
print(evaluation)
let folder = FileManager.default.temporaryDirectory
try Figure.learningCurves(of: history, title: "Drawn faces").write(to: folder, named: "curves")
