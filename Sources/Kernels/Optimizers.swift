// Optimizer steps over one contiguous run of parameters.
//
// Parameters, gradients and moments are all `[count]`. Every element is computed by itself, so how
// the parameters are divided among threads never changes a bit of the result.

/// Plain stochastic gradient descent: `p -= rate * (scale * g + decay * p)`.
package struct SGDStep {
    package var learningRate: Float
    package var gradientScale: Float
    package var decay: Float

    package init(learningRate: Float, gradientScale: Float, decay: Float) {
        self.learningRate = learningRate
        self.gradientScale = gradientScale
        self.decay = decay
    }

    package func callAsFunction(
        _ parameters: UnsafeMutablePointer<Float>, _ gradients: UnsafePointer<Float>, count: Int
    ) {
        forEachVector(count) { index, lanes in
            let parameter = parameters.vector(at: index, lanes: lanes)
            let gradient =
                gradients.vector(at: index, lanes: lanes) * gradientScale + parameter * decay
            parameters.store(parameter - gradient * learningRate, at: index, lanes: lanes)
        }
    }
}

/// Stochastic gradient descent with momentum, as Keras writes it.
///
/// With `d = scale * g + decay * p`, first `v = momentum * v - rate * d`, then `p += v`, or with
/// Nesterov's look-ahead `p += momentum * v - rate * d`.
package struct MomentumStep {
    package var learningRate: Float
    package var gradientScale: Float
    package var decay: Float
    package var momentum: Float
    package var nesterov: Bool

    package init(
        learningRate: Float, gradientScale: Float, decay: Float, momentum: Float, nesterov: Bool
    ) {
        self.learningRate = learningRate
        self.gradientScale = gradientScale
        self.decay = decay
        self.momentum = momentum
        self.nesterov = nesterov
    }

    package func callAsFunction(
        _ parameters: UnsafeMutablePointer<Float>, _ gradients: UnsafePointer<Float>,
        velocity: UnsafeMutablePointer<Float>, count: Int
    ) {
        forEachVector(count) { index, lanes in
            let parameter = parameters.vector(at: index, lanes: lanes)
            let gradient =
                gradients.vector(at: index, lanes: lanes) * gradientScale + parameter * decay
            let move = gradient * learningRate
            let speed = velocity.vector(at: index, lanes: lanes) * momentum - move
            velocity.store(speed, at: index, lanes: lanes)
            let change = nesterov ? speed * momentum - move : speed
            parameters.store(parameter + change, at: index, lanes: lanes)
        }
    }
}

/// Adam and AdamW.
///
/// With `d = scale * g`, first `m += (d - m) * gain1` and `v += (d * d - v) * gain2`, then
/// `p -= p * decay` and `p -= m * stepSize / (sqrt(v) + epsilon)`.
///
/// `gain1` and `gain2` are one minus the betas; `stepSize` carries learning rate and bias
/// correction; `decay` carries the learning rate too.
package struct AdamStep {
    package var stepSize: Float
    package var gain1: Float
    package var gain2: Float
    package var epsilon: Float
    package var gradientScale: Float
    package var decay: Float

    package init(
        stepSize: Float, gain1: Float, gain2: Float, epsilon: Float, gradientScale: Float,
        decay: Float
    ) {
        self.stepSize = stepSize
        self.gain1 = gain1
        self.gain2 = gain2
        self.epsilon = epsilon
        self.gradientScale = gradientScale
        self.decay = decay
    }

    package func callAsFunction(
        _ parameters: UnsafeMutablePointer<Float>, _ gradients: UnsafePointer<Float>,
        mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>, count: Int
    ) {
        forEachVector(count) { index, lanes in
            let gradient = gradients.vector(at: index, lanes: lanes) * gradientScale
            var first = mean.vector(at: index, lanes: lanes)
            first += (gradient - first) * gain1
            mean.store(first, at: index, lanes: lanes)
            var second = variance.vector(at: index, lanes: lanes)
            second += (gradient * gradient - second) * gain2
            variance.store(second, at: index, lanes: lanes)
            var parameter = parameters.vector(at: index, lanes: lanes)
            parameter -= parameter * decay
            parameter -= first * stepSize / (squareRoots(second) + epsilon)
            parameters.store(parameter, at: index, lanes: lanes)
        }
    }
}

/// The square roots of eight numbers that are not negative.
///
/// Where a number may be negative, `squareRoot()` provides for a call of the C library, lane by
/// lane. A magnitude cannot be, and the compiler emits one instruction for four lanes.
@inline(__always)
private func squareRoots(_ vector: Vector) -> Vector {
    var roots = vector
    for lane in 0..<8 { roots[lane] = vector[lane].magnitude.squareRoot() }
    return roots
}

/// The sum of squares of `[count]` gradients, added up in Double in a fixed order.
package func gradientSquaredNorm(_ gradients: UnsafePointer<Float>, count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    forEachVector(count) { index, lanes in
        let gradient = SIMD8<Double>(gradients.vector(at: index, lanes: lanes))
        sums += gradient * gradient
    }
    return sums.sum()
}

/// Limits each of `[count]` gradients to `-limit...limit`.
///
/// NaN stays, so that a diverged training is noticed.
package func clipGradients(_ gradients: UnsafeMutablePointer<Float>, count: Int, limit: Float) {
    forEachVector(count) { index, lanes in
        var gradient = gradients.vector(at: index, lanes: lanes)
        gradient.replace(with: limit, where: gradient .> limit)
        gradient.replace(with: -limit, where: gradient .< -limit)
        gradients.store(gradient, at: index, lanes: lanes)
    }
}

/// Moves an average towards the parameters, both `[count]`: `average += gain * (p - average)`.
package func updateWeightAverage(
    _ average: UnsafeMutablePointer<Float>, _ parameters: UnsafePointer<Float>, count: Int,
    gain: Float
) {
    forEachVector(count) { index, lanes in
        let mean = average.vector(at: index, lanes: lanes)
        let parameter = parameters.vector(at: index, lanes: lanes)
        average.store(mean + (parameter - mean) * gain, at: index, lanes: lanes)
    }
}
