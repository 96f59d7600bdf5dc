import Foundation

/// Softmax of rows, and the cross-entropy that trains it.
///
/// All matrices are `[rows, classes]`.
package struct SoftmaxRows: Sendable {
    package let classes: Int

    package init(classes: Int) {
        self.classes = classes
    }

    /// Writes `exp(x) / Σ exp(x)` of every row; `y` may be `x`.
    package func forward(
        _ x: UnsafePointer<Float>, rows: Int, into y: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let x = x + row * classes
            let y = y + row * classes
            let largest = self.largest(x)
            var sum: Float = 0
            for index in 0..<classes {
                y[index] = expf(x[index] - largest)
                sum += y[index]
            }
            for index in 0..<classes { y[index] /= sum }
        }
    }

    /// Writes `dx = y * (dy - Σ y dy)` of every row; `dx` may be `dy`.
    package func backward(
        y: UnsafePointer<Float>, dy: UnsafePointer<Float>, rows: Int,
        into dx: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let start = row * classes
            var dot: Float = 0
            for index in start..<(start + classes) { dot += y[index] * dy[index] }
            for index in start..<(start + classes) { dx[index] = y[index] * (dy[index] - dot) }
        }
    }

    /// The cross-entropy `-Σ t log softmax(x)` of one row of logits x and targets t, `[classes]`.
    ///
    /// Targets need not sum to 1. `gradient`, where it is given, receives
    /// `scale * (Σt * softmax(x) - t)`, `[classes]`.
    package func crossEntropy(
        _ x: UnsafePointer<Float>, targets: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?, scale: Float
    ) -> Double {
        let largest = self.largest(x)
        var sum: Float = 0
        for index in 0..<classes { sum += expf(x[index] - largest) }
        let logSum = logf(sum)
        var loss = 0.0
        var weight: Float = 0
        for index in 0..<classes where targets[index] != 0 {
            loss -= Double(targets[index]) * Double(x[index] - largest - logSum)
            weight += targets[index]
        }
        if let gradient {
            for index in 0..<classes {
                let probability = expf(x[index] - largest) / sum
                gradient[index] = scale * (weight * probability - targets[index])
            }
        }
        return loss
    }

    /// The index of the largest of `[classes]` values, the first of equals.
    package func winner(_ x: UnsafePointer<Float>) -> Int {
        var winner = 0
        for index in 1..<max(classes, 1) where x[index] > x[winner] { winner = index }
        return winner
    }

    private func largest(_ x: UnsafePointer<Float>) -> Float { x[winner(x)] }
}
