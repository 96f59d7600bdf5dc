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
        forEachVector(count) { offset, lanes in
            let parameter = load(parameters, offset, lanes)
            let gradient = load(gradients, offset, lanes) * gradientScale + parameter * decay
            store(parameter - gradient * learningRate, parameters, offset, lanes)
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
        forEachVector(count) { offset, lanes in
            let parameter = load(parameters, offset, lanes)
            let gradient = load(gradients, offset, lanes) * gradientScale + parameter * decay
            let move = gradient * learningRate
            let speed = load(velocity, offset, lanes) * momentum - move
            store(speed, velocity, offset, lanes)
            let change = nesterov ? speed * momentum - move : speed
            store(parameter + change, parameters, offset, lanes)
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
        forEachVector(count) { offset, lanes in
            let gradient = load(gradients, offset, lanes) * gradientScale
            var first = load(mean, offset, lanes)
            first += (gradient - first) * gain1
            store(first, mean, offset, lanes)
            var second = load(variance, offset, lanes)
            second += (gradient * gradient - second) * gain2
            store(second, variance, offset, lanes)
            var parameter = load(parameters, offset, lanes)
            parameter -= parameter * decay
            parameter -= first * stepSize / (squareRoots(second) + epsilon)
            store(parameter, parameters, offset, lanes)
        }
    }
}

/// The square roots of eight numbers that are not negative.
///
/// Where a number may be negative, `squareRoot()` provides for a call of the C library, lane by
/// lane. A magnitude cannot be, and the compiler emits one instruction for four lanes.
@inline(__always)
private func squareRoots(_ vector: SIMD8<Float>) -> SIMD8<Float> {
    var roots = vector
    for lane in 0..<8 { roots[lane] = vector[lane].magnitude.squareRoot() }
    return roots
}

/// The sum of squares of `[count]` gradients, added up in Double in a fixed order.
package func gradientSquaredNorm(_ gradients: UnsafePointer<Float>, count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    forEachVector(count) { offset, lanes in
        let gradient = SIMD8<Double>(load(gradients, offset, lanes))
        sums += gradient * gradient
    }
    return sums.sum()
}

/// Limits each of `[count]` gradients to `-limit...limit`.
///
/// NaN stays, so that a diverged training is noticed.
package func clipGradients(_ gradients: UnsafeMutablePointer<Float>, count: Int, limit: Float) {
    forEachVector(count) { offset, lanes in
        var gradient = load(gradients, offset, lanes)
        gradient.replace(with: limit, where: gradient .> limit)
        gradient.replace(with: -limit, where: gradient .< -limit)
        store(gradient, gradients, offset, lanes)
    }
}

/// Moves an average towards the parameters, both `[count]`: `average += gain * (p - average)`.
package func updateWeightAverage(
    _ average: UnsafeMutablePointer<Float>, _ parameters: UnsafePointer<Float>, count: Int,
    gain: Float
) {
    forEachVector(count) { offset, lanes in
        let mean = load(average, offset, lanes)
        let parameter = load(parameters, offset, lanes)
        store(mean + (parameter - mean) * gain, average, offset, lanes)
    }
}

// MARK: - Vectors

/// Visits `0..<count` eight elements at a time; the last visit may have fewer lanes.
@inline(__always)
private func forEachVector(_ count: Int, _ body: (_ offset: Int, _ lanes: Int) -> Void) {
    // One call of `body`, so that it is inlined.
    for offset in stride(from: 0, to: count, by: 8) { body(offset, min(count - offset, 8)) }
}

@inline(__always)
private func load(_ floats: UnsafePointer<Float>, _ offset: Int, _ lanes: Int) -> SIMD8<Float> {
    if lanes == 8 {
        return UnsafeRawPointer(floats + offset).loadUnaligned(as: SIMD8<Float>.self)
    }
    var vector = SIMD8<Float>.zero
    for lane in 0..<lanes { vector[lane] = floats[offset + lane] }
    return vector
}

@inline(__always)
private func store(
    _ vector: SIMD8<Float>, _ floats: UnsafeMutablePointer<Float>, _ offset: Int, _ lanes: Int
) {
    if lanes == 8 {
        UnsafeMutableRawPointer(floats + offset).storeBytes(of: vector, as: SIMD8<Float>.self)
        return
    }
    for lane in 0..<lanes { floats[offset + lane] = vector[lane] }
}
