import Foundation
import Tensor

// Three correlated features of 1000 samples.
var source = RandomSource(seed: 42)
let noise = Tensor(normalWithMean: 0, standardDeviation: 1, shape: [1000, 3], using: &source)
let mixing: Tensor = [[2, 0, 0], [1, 1, 0], [0, 1, 0.5]]
let samples = matmul(noise, mixing)

// A mean of [1, 3] is broadcast over [1000, 3].
let centered = samples - samples.mean(axes: [0], keepingAxes: true)
let covariance = matmul(centered.transposed(), centered) / Float(samples.shape[0])
print(covariance)
print(covariance[0, 1...], covariance.argMax(axis: 1))

let file = FileManager.default.temporaryDirectory.appending(path: "covariance.npy")
try NPYFile(covariance).write(to: file)
print(try NPYFile(contentsOf: file).tensor == covariance)
