import CNN
import Foundation
import Train

let network = try Sequential(input: [48, 48, 1], seed: 42) {
    for width in [32, 64, 128] {
        Conv2D(filters: width, kernel: 3, padding: .same, bias: false)
        BatchNorm()
        ReLU()
        MaxPool(2)
    }
    GlobalAveragePool()
    Dense(7)
}
let faces = try FER2013(contentsOf: URL(filePath: "fer2013.zip"))
var trainer = Trainer(
    network, optimizer: AdamW(), schedule: .cosine(peak: 1e-3, warmup: 2, epochs: 50), seed: 42)
for _ in 1...50 {
    let report = try trainer.runEpoch(on: faces.training, validating: faces.publicTest)
    print(report)
}
try trainer.network.save(to: URL(filePath: "expression.safetensors"))
