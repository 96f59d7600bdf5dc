package import Kernels
import Tensor

/// The memory in which a network computes, planned once for batches up to a size.
///
/// It belongs to whoever runs the passes, one pass at a time. Nothing is allocated while they run.
package final class Workspace {
    /// The largest number of samples of a pass.
    package let batchCapacity: Int
    package let pool: ThreadPool
    /// Where the time that each layer takes is added up; nil measures nothing.
    package private(set) var timer: StepTimer?

    let layers: [ResolvedLayer]
    let plan: MemoryPlan
    let block: UnsafeMutableRawPointer

    /// Plans the memory for a network.
    ///
    /// - Parameters:
    ///   - network: Whose layers are to be computed.
    ///   - batchCapacity: The largest number of samples of a pass, at least 1.
    ///   - mode: `.training` allows all passes, `.inference` only forward ones.
    ///   - endsAtLogits: Leaves out a softmax at the end of the network: losses take logits.
    ///   - execution: How the layers are computed.
    ///   - pool: The threads that compute.
    package init(
        _ network: Sequential, batchCapacity: Int, mode: Mode, endsAtLogits: Bool = false,
        execution: Execution = Execution(), pool: ThreadPool
    ) {
        require(batchCapacity >= 1, "a workspace holds 1 sample or more")
        self.batchCapacity = batchCapacity
        self.pool = pool
        let described = endsAtLogits ? network.layersToLogits : network.layers
        require(!described.isEmpty, "a network needs a layer before its softmax")
        layers = execution.layers(computing: described, mode: mode)
        plan = MemoryPlan(
            layers: layers, batch: batchCapacity, mode: mode, workers: pool.threadCount)
        block = .allocate(byteCount: max(plan.byteCount, 64), alignment: 64)
    }

    deinit {
        block.deallocate()
    }

    /// Begins to measure times.
    ///
    /// - Returns: Where they are added up.
    package func startTimer() -> StepTimer {
        let timer = StepTimer(layers: layers.count, workers: pool.threadCount)
        self.timer = timer
        return timer
    }

    /// Calls `body`, and adds the time it takes to that of a part of the step, where times are
    /// measured.
    ///
    /// - Parameters:
    ///   - part: The part.
    ///   - worker: Who does it; nil where all workers do it together.
    ///   - body: What is done.
    /// - Returns: What `body` returns.
    @inline(__always)
    package func measure<Result>(
        _ part: StepTimer.Part, worker: Int? = nil, _ body: () -> Result
    ) -> Result {
        guard let timer else { return body() }
        return timer.measure(part, worker: worker, body)
    }

    /// The bytes of all arrays together.
    package var byteCount: Int { plan.byteCount }

    /// Lets the layers derive from the parameters what all samples need.
    ///
    /// To be called before the first pass, and again after each change of parameters or mode.
    package func prepare(_ arrays: PassArrays, mode: Mode) {
        let memory = PassMemory(workspace: self, arrays: arrays)
        for layer in layers where layer.plan.preparedFloats > 0 {
            measure(.prepare(layer: layer.index)) {
                layer.layer.prepare(PreparationPass(mode: mode, layer: layer, memory: memory))
            }
        }
    }

    /// Runs all layers forward.
    ///
    /// - Parameters:
    ///   - arrays: The network's input, `[batch, ...]`, and parameters.
    ///   - batch: The number of samples.
    ///   - mode: Whether dropout falls and batch normalization measures.
    ///   - seed: Where the layers' randomness comes from in this step.
    /// - Returns: The network's output, `[batch, ...]`, valid until the next pass.
    package func forward(
        _ arrays: PassArrays, batch: Int, mode: Mode, seed: UInt64
    ) -> UnsafeMutablePointer<Float> {
        require(
            batch >= 1 && batch <= batchCapacity,
            "a batch of \(batch) samples does not fit a workspace for \(batchCapacity)")
        let step = Step(workspace: self, arrays: arrays, mode: mode, seed: seed)
        for segment in plan.segments {
            forEachPart(of: batch, in: segment, step) { step, segment, part in
                for index in segment.layers {
                    let layer = step.workspace.layers[index]
                    step.workspace.measure(.forward(layer: index), worker: part.worker) {
                        layer.layer.forward(step.pass(layer, part))
                    }
                }
            }
            for index in segment.layers where layers[index].plan.finishesBatch {
                measure(.forward(layer: index)) {
                    layers[index].layer.finishForward(step.wholePass(layers[index], batch))
                }
            }
        }
        return PassMemory(workspace: self, arrays: arrays).activation(layers.count, count: 0)
    }

    /// Where the gradient of the loss by the network's output is to be written between `forward`
    /// and `backward`, `[batch, ...]`.
    package var outputGradient: UnsafeMutablePointer<Float> {
        guard let place = plan.gradients[layers.count] else {
            misuse("a workspace for inference has no gradients")
        }
        return pointer(place.offset)
    }

    /// Runs all layers backward, after a forward pass in training mode with the same arguments.
    package func backward(_ arrays: PassArrays, batch: Int, seed: UInt64) {
        let step = Step(workspace: self, arrays: arrays, mode: .training, seed: seed)
        for segment in plan.segments.reversed() {
            clearSums(of: segment)
            for index in segment.layers where layers[index].plan.finishesBatch {
                measure(.backward(layer: index)) {
                    layers[index].layer.beginBackward(
                        BackwardPass(forward: step.wholePass(layers[index], batch)))
                }
            }
            forEachPart(of: batch, in: segment, step) { step, segment, part in
                step.recomputeOutputs(of: segment, part)
                for index in segment.layers.reversed() {
                    let layer = step.workspace.layers[index]
                    step.workspace.measure(.backward(layer: index), worker: part.worker) {
                        let pass = step.pass(layer, part)
                        layer.layer.backward(BackwardPass(forward: pass))
                        step.workspace.addDetours(of: pass)
                    }
                }
            }
            for index in segment.layers where layers[index].plan.sumFloats > 0 {
                measure(.backward(layer: index)) {
                    layers[index].layer.collectGradients(
                        BackwardPass(forward: step.wholePass(layers[index], batch)))
                }
            }
        }
    }

    /// What is the same for all layers and samples of a step.
    private struct Step {
        let workspace: Workspace
        let arrays: PassArrays
        let mode: Mode
        let seed: UInt64

        func pass(_ layer: ResolvedLayer, _ part: Part) -> ForwardPass {
            var source = RandomSource(seed: seed, layer.randomStream)
            return ForwardPass(
                batch: part.count, firstSample: part.firstSample, mode: mode, seed: source.next(),
                layer: layer,
                memory: PassMemory(
                    workspace: workspace, arrays: arrays, firstSample: part.firstSample,
                    worker: part.worker))
        }

        func wholePass(_ layer: ResolvedLayer, _ batch: Int) -> ForwardPass {
            pass(layer, Part(firstSample: 0, count: batch, worker: nil))
        }

        /// Computes again what was not kept of the forward pass.
        func recomputeOutputs(of segment: Segment, _ part: Part) {
            for index in segment.layers where workspace.plan.recomputed.contains(index) {
                let layer = workspace.layers[index]
                workspace.measure(.backward(layer: index), worker: part.worker) {
                    layer.layer.forward(pass(layer, part))
                }
            }
        }
    }

    /// Samples that pass through a segment together.
    private struct Part {
        let firstSample: Int
        let count: Int
        /// Who computes them; nil where the layer divides them among all workers.
        let worker: Int?
    }

    /// Calls `body` with all samples at once, or with each chunk on the worker whose it is.
    private func forEachPart(
        of batch: Int, in segment: Segment, _ step: Step,
        _ body: @escaping (Step, Segment, Part) -> Void
    ) {
        guard let chunk = segment.chunk else {
            return body(step, segment, Part(firstSample: 0, count: batch, worker: nil))
        }
        pool.split(batch, with: (step, segment, chunk, body)) { context, worker, samples in
            let (step, segment, chunk, body) = context
            for start in stride(from: samples.lowerBound, to: samples.upperBound, by: chunk) {
                let count = min(chunk, samples.upperBound - start)
                body(step, segment, Part(firstSample: start, count: count, worker: worker))
            }
        }
    }

    /// Sets what the workers add up to zero, each its own.
    private func clearSums(of segment: Segment) {
        guard layers[segment.layers].contains(where: { $0.plan.sumFloats > 0 }) else { return }
        pool.split(pool.threadCount, with: (self, segment)) { context, _, workers in
            let (workspace, segment) = context
            let memory = workspace.plan
            for index in segment.layers {
                for worker in workers {
                    workspace.measure(.backward(layer: index), worker: worker) {
                        let start = memory.sums[index] + worker * memory.sumStrides[index]
                        workspace.pointer(start).update(
                            repeating: 0, count: workspace.layers[index].plan.sumFloats)
                    }
                }
            }
        }
    }

    /// Adds the gradients of arrays that other layers read too.
    private func addDetours(of pass: ForwardPass) {
        for position in pass.layer.inputs.indices {
            guard plan.detours[pass.layer.index][position] != nil else { continue }
            let count = pass.layer.inputShapes[position].elementCount
            let target = pass.memory.gradient(pass.layer.inputs[position], count: count)
            guard
                let source = pass.memory.inputGradient(pass.layer, position)
            else { continue }
            pass.forEachWorker(with: (source, target, count)) { context, _, samples in
                let (source, target, count) = context
                let start = samples.lowerBound * count
                accumulate(source + start, into: target + start, count: samples.count * count)
            }
        }
    }

    func pointer(_ offset: Int) -> UnsafeMutablePointer<Float> {
        (block + offset).assumingMemoryBound(to: Float.self)
    }
}

/// The arrays of a pass that do not lie in the workspace.
package struct PassArrays {
    /// The network's input, `[batch, ...]`.
    package var input: UnsafePointer<Float>
    /// All parameters.
    package var parameters: UnsafePointer<Float>
    /// All statistics; written in training mode only.
    package var statistics: UnsafeMutablePointer<Float>
    /// The gradients of all parameters; nil in a pass that is not to be followed by a backward one.
    package var gradients: UnsafeMutablePointer<Float>?

    package init(
        input: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
        statistics: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>? = nil
    ) {
        self.input = input
        self.parameters = parameters
        self.statistics = statistics
        self.gradients = gradients
    }
}

/// Where a layer finds its arrays during a pass.
struct PassMemory {
    let workspace: Workspace
    let arrays: PassArrays
    /// The place in the batch of the first sample of the pass.
    var firstSample = 0
    /// Who computes the samples of the pass; nil for all workers.
    var worker: Int?

    var pool: ThreadPool { workspace.pool }
    var parameters: UnsafePointer<Float> { arrays.parameters }
    var statistics: UnsafeMutablePointer<Float> { arrays.statistics }

    var gradients: UnsafeMutablePointer<Float> {
        guard let gradients = arrays.gradients else {
            misuse("a backward pass needs memory for the gradients of the parameters")
        }
        return gradients
    }

    /// An array of `count` floats a sample.
    ///
    /// Node 0 is the network's input, which no layer writes.
    func activation(_ node: Int, count: Int) -> UnsafeMutablePointer<Float> {
        guard let place = workspace.plan.activations[node] else {
            return UnsafeMutablePointer(mutating: arrays.input) + firstSample * count
        }
        return pointer(place, count: count)
    }

    func gradient(_ node: Int, count: Int) -> UnsafeMutablePointer<Float> {
        guard let place = workspace.plan.gradients[node] else {
            misuse("array \(node) has no gradient in a workspace for inference")
        }
        return pointer(place, count: count)
    }

    func inputGradient(_ layer: ResolvedLayer, _ position: Int) -> UnsafeMutablePointer<Float>? {
        let place =
            workspace.plan.detours[layer.index][position]
            ?? workspace.plan.gradients[layer.inputs[position]]
        return place.map { pointer($0, count: layer.inputShapes[position].elementCount) }
    }

    func kept(_ layer: ResolvedLayer) -> UnsafeMutableRawPointer {
        workspace.block + workspace.plan.kept[layer.index]
            + firstSample * layer.plan.keptBytesPerSample
    }

    func keptFloats(_ layer: ResolvedLayer) -> UnsafeMutablePointer<Float> {
        workspace.pointer(workspace.plan.keptFloats[layer.index])
    }

    func prepared(_ layer: ResolvedLayer) -> UnsafeMutablePointer<Float> {
        workspace.pointer(workspace.plan.prepared[layer.index])
    }

    func sums(_ layer: ResolvedLayer, of worker: Int) -> UnsafeMutablePointer<Float> {
        workspace.pointer(
            workspace.plan.sums[layer.index] + worker * workspace.plan.sumStrides[layer.index])
    }

    func scratch(of worker: Int) -> UnsafeMutablePointer<Float> {
        workspace.pointer(workspace.plan.scratch + worker * workspace.plan.scratchStride)
    }

    private func pointer(_ place: MemoryPlan.Place, count: Int) -> UnsafeMutablePointer<Float> {
        let sample: Int
        if let samplesPerWorker = place.samplesPerWorker {
            sample = (worker ?? 0) * samplesPerWorker
        } else {
            sample = firstSample
        }
        return workspace.pointer(place.offset) + sample * count
    }
}
