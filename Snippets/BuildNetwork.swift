import CNN
import Foundation
import Tensor

let deep = true
let network = try Sequential(input: [48, 48, 1], seed: 42) {
    Conv2D(filters: 32, kernel: 3, padding: .same)
    ReLU()
    MaxPool(4)
    if deep {
        Residual {
            Conv2D(filters: 32, kernel: 3, padding: .same)
            ReLU()
            Conv2D(filters: 32, kernel: 3, padding: .same)
        }
        ReLU()
    }
    GlobalAveragePool()
    Dense(7)
    Softmax()
}
print(network.summary)

let images = Tensor(zeros: [2, 48, 48, 1])
print(network(images))

let weights = FileManager.default.temporaryDirectory.appending(path: "network.safetensors")
try network.save(to: weights, as: .float16)
let restored = try Sequential(contentsOf: weights)
print(restored.parameterCount, "parameters are back")
