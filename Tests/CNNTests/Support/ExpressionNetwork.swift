import CNN
import Tensor

/// The network of the library's main job: faces of 48 x 48 pixels to seven expressions.
func expressionNetwork(seed: UInt64 = 1) throws -> Sequential {
    try Sequential(input: [48, 48, 1], seed: seed) {
        Conv2D(filters: 32, kernel: 3)
        ReLU()
        Conv2D(filters: 64, kernel: 3)
        ReLU()
        MaxPool(2)
        Dropout(0.25)
        for _ in 0..<2 {
            Conv2D(filters: 128, kernel: 3)
            ReLU()
            MaxPool(2)
        }
        Dropout(0.25)
        Flatten()
        Dense(1024)
        ReLU()
        Dropout(0.5)
        Dense(7)
        Softmax()
    }
}
