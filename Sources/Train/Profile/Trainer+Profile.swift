import CNN
import Dispatch
import Tensor

extension Trainer {
    /// Measures what each layer takes in a training step, on images of noise.
    ///
    /// ```swift
    /// let trainer = Trainer(network, optimizer: Adam(), schedule: .constant(1e-4), seed: 42)
    /// print(trainer.profile())
    /// ```
    ///
    /// The trainer is used up: noise is nothing to learn from. A few steps that are not measured
    /// come first.
    ///
    /// - Parameter steps: The number of steps over which medians are taken, 5 or more.
    /// - Returns: The profile.
    public consuming func profile(steps: Int = 9) -> Profile {
        require(steps >= 5, "a profile takes 5 steps or more, not \(steps)")
        var trainer = self
        let batch = trainer.noise()
        for _ in 0..<2 { trainer.step(images: batch.images, targets: batch.targets) }

        let layers = trainer.workspace.computedLayers
        let timer = trainer.workspace.startTimer()
        var times = StepTimes(layerCount: layers.count)
        for _ in 0..<steps {
            timer.reset()
            let start = DispatchTime.now().uptimeNanoseconds
            trainer.step(images: batch.images, targets: batch.targets)
            let end = DispatchTime.now().uptimeNanoseconds
            times.append(timer, milliseconds: Double(end - start) / 1e6)
        }
        return Profile(
            layers: layers.enumerated().map { index, layer in
                Profile.Layer(
                    name: layer.name, algorithm: layer.algorithm.map { "\($0)" },
                    prepare: times.prepare[index].median, forward: times.forward[index].median,
                    backward: times.backward[index].median,
                    multiplyAdds: trainer.batchSize
                        * (layer.forwardProducts + layer.backwardProducts))
            },
            batchSize: trainer.batchSize, threads: trainer.threadCount, steps: steps,
            loss: times.loss.median, optimizer: times.update.median,
            waiting: times.rest.median, milliseconds: times.step.median,
            productRate: ProductRate.measure())
    }

    /// A batch of noise, and a class for each image: `[batch, height, width, channels]` and
    /// `[batch, classes]`.
    private func noise() -> (images: Tensor, targets: Tensor) {
        var source = RandomSource(seed: seed)
        let images = Tensor(
            uniform: 0..<1, shape: Shape([batchSize] + model.inputShape.dimensions),
            using: &source)
        var targets = [Float](repeating: 0, count: batchSize * classCount)
        for sample in 0..<batchSize {
            targets[sample * classCount + Int.random(in: 0..<classCount, using: &source)] = 1
        }
        return (images, Tensor(targets, shape: [batchSize, classCount]))
    }
}

/// The milliseconds of each part, step by step.
private struct StepTimes {
    /// By layer.
    var prepare: [[Double]]
    var forward: [[Double]]
    var backward: [[Double]]
    var loss: [Double] = []
    var update: [Double] = []
    /// What none of the parts took.
    var rest: [Double] = []
    var step: [Double] = []

    init(layerCount: Int) {
        prepare = Array(repeating: [], count: layerCount)
        forward = prepare
        backward = prepare
    }

    /// Adds what a timer found in one step.
    mutating func append(_ timer: StepTimer, milliseconds: Double) {
        var rest = milliseconds
        func take(_ part: StepTimer.Part, into times: inout [Double]) {
            let time = timer.milliseconds(part)
            times.append(time)
            rest -= time
        }
        for layer in prepare.indices {
            take(.prepare(layer: layer), into: &prepare[layer])
            take(.forward(layer: layer), into: &forward[layer])
            take(.backward(layer: layer), into: &backward[layer])
        }
        take(.loss, into: &loss)
        take(.update, into: &update)
        self.rest.append(rest)
        step.append(milliseconds)
    }
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle.
    fileprivate var median: Double {
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
