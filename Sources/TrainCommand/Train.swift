import CNN
import Tensor
import Train
import Foundation
@main
struct TrainCommand {
    static func main() throws {
        let network = try Sequential(input: [48, 48, 1], seed: 42) {
            Conv2D(filters: 32, kernel: 3); ReLU()
            Conv2D(filters: 64, kernel: 3); ReLU()
            MaxPool(2); Dropout(0.25)
            Conv2D(filters: 128, kernel: 3); ReLU()
            MaxPool(2)
            Conv2D(filters: 128, kernel: 3); ReLU()
            MaxPool(2); Dropout(0.25)
            Flatten(); Dense(1024); ReLU(); Dropout(0.5); Dense(7); Softmax()
        }
        print(network.summary)
        let start = Date()
        let faces = SyntheticFaces(seed: 1)
        let training = faces.training
        let validation = faces.validation
        print("faces", Date().timeIntervalSince(start))
        var trainer = Trainer(network, optimizer: Adam(), schedule: .exponentialDecay(initial: 1e-4, rate: 0.96, steps: 100_000), seed: 42)
        print("workspace", trainer.workspaceBytes)
        for _ in 0..<3 { print(try trainer.runEpoch(on: training, validating: validation)) }
    }
}
