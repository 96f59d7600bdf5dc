import Kernels
public import Tensor

/// Whether a network is being trained or used.
public enum Mode: Hashable, Sendable {
    /// Dropout falls, and batch normalization measures its batch.
    case training
    /// Nothing is random, and statistics are used as they are.
    case inference
}

/// What a layer sees while it computes its output.
///
/// All buffers are valid during the call only. Samples lie one after the other.
public struct ForwardPass {
    /// The number of samples, 1 or more: the whole batch, or a part of it where the plan says
    /// `isSamplewise`.
    public let batch: Int
    /// The place of the first sample in the whole batch.
    public let firstSample: Int
    /// Whether the network is being trained or used.
    public let mode: Mode
    /// A number that differs between steps and between layers, and is the same in the backward
    /// pass of the same step: where a layer's randomness comes from.
    public let seed: UInt64

    let layer: ResolvedLayer
    let memory: PassMemory

    /// What the layer planned.
    public var plan: LayerPlan { layer.plan }

    /// The number of inputs; 1 but for the layers that join branches.
    public var inputCount: Int { layer.inputs.count }

    /// The shape of one sample of an input.
    public func inputShape(_ index: Int = 0) -> Shape { layer.inputShapes[index] }

    /// An input, `[batch, ...]`.
    public func input(_ index: Int = 0) -> UnsafeBufferPointer<Float> {
        let count = layer.inputShapes[index].elementCount
        return UnsafeBufferPointer(
            start: memory.activation(layer.inputs[index], count: count), count: batch * count)
    }

    /// The output, `[batch, ...]`, in the memory of the input where the plan allowed it.
    public var output: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: y, count: batch * plan.output.elementCount)
    }

    /// A parameter, in the order of the plan.
    public func parameter(_ index: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(
            start: memory.parameters + layer.parameterOffsets[index],
            count: plan.parameters[index].shape.elementCount)
    }

    /// A statistic, in the order of the plan; it may be changed in training mode only.
    public func statistic(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: memory.statistics + layer.statisticOffsets[index],
            count: plan.statistics[index].shape.elementCount)
    }

    /// Memory that the backward pass of the same step finds as it is left here, `[batch, bytes]`.
    public var kept: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(
            start: memory.kept(layer), count: batch * plan.keptBytesPerSample)
    }

    /// Memory for the whole batch that the backward pass of the same step finds as it is left here.
    public var keptFloats: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: memory.keptFloats(layer), count: plan.keptFloats)
    }

    /// What `prepare` has derived from the parameters.
    public var prepared: UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: memory.prepared(layer), count: plan.preparedFloats)
    }

    /// Memory of one worker, with anything in it.
    public func scratch(of worker: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: memory.scratch(of: worker), count: plan.scratchFloats)
    }

    /// Divides the samples among the workers, a contiguous range each, and waits for them; the
    /// samples of a part of the batch all belong to the worker that computes it.
    ///
    /// - Parameters:
    ///   - context: What `body` needs, such as the layer and the pass.
    ///   - body: What each worker does. It should capture nothing: captures are allocated at each
    ///     call, while `context` is not.
    public func forEachWorker<Context>(
        with context: Context,
        _ body: @escaping (_ context: Context, _ worker: Int, _ samples: Range<Int>) -> Void
    ) {
        if let worker = memory.worker {
            body(context, worker, 0..<batch)
        } else {
            memory.pool.split(batch, with: context, body)
        }
    }
}

/// The same arrays as bare pointers, for the layers of this library.
extension ForwardPass {
    var pool: ThreadPool { memory.pool }

    /// The first input, `[batch, ...]`.
    var x: UnsafePointer<Float> {
        UnsafePointer(
            memory.activation(layer.inputs[0], count: layer.inputShapes[0].elementCount))
    }

    /// The output, `[batch, ...]`.
    var y: UnsafeMutablePointer<Float> {
        memory.activation(layer.output, count: plan.output.elementCount)
    }

    /// The pass as the layer sees it that computes the first input.
    var producer: ForwardPass {
        ForwardPass(
            batch: batch, firstSample: firstSample, mode: mode, seed: seed,
            layer: memory.workspace.layers[layer.inputs[0] - 1], memory: memory)
    }

    /// A parameter, in the order of the plan.
    func weights(_ index: Int) -> UnsafePointer<Float> {
        memory.parameters + layer.parameterOffsets[index]
    }

    /// A statistic, in the order of the plan.
    func statistics(_ index: Int) -> UnsafePointer<Float> {
        UnsafePointer(memory.statistics + layer.statisticOffsets[index])
    }

    /// Memory for the whole batch that stays until the backward pass.
    var batchMemory: UnsafeMutablePointer<Float> { memory.keptFloats(layer) }

    /// Memory for each sample that stays until the backward pass.
    func sampleMemory<Element>(of type: Element.Type) -> UnsafeMutablePointer<Element> {
        memory.kept(layer).assumingMemoryBound(to: type)
    }

    /// What was derived from the parameters.
    var preparedMemory: UnsafePointer<Float> { UnsafePointer(memory.prepared(layer)) }

    /// Memory of one worker, with anything in it.
    func workerMemory(_ worker: Int) -> UnsafeMutablePointer<Float> { memory.scratch(of: worker) }
}

extension BackwardPass {
    /// The gradient of the output, `[batch, ...]`.
    var dy: UnsafePointer<Float> {
        UnsafePointer(
            forward.memory.gradient(
                forward.layer.output, count: forward.plan.output.elementCount))
    }

    /// The gradient of the first input, `[batch, ...]`; nil where nobody needs it.
    var dx: UnsafeMutablePointer<Float>? { forward.memory.inputGradient(forward.layer, 0) }

    /// The gradient of a parameter, in the order of the plan.
    func weightGradient(_ index: Int) -> UnsafeMutablePointer<Float> {
        forward.memory.gradients + forward.layer.parameterOffsets[index]
    }
}

/// What a layer sees while it computes gradients.
///
/// All buffers are valid during the call only. Every buffer of gradients is to be overwritten, not
/// added to.
public struct BackwardPass {
    /// The pass that computed the output; inputs and output may be read where the plan says so.
    public let forward: ForwardPass

    /// The gradient of the loss by the output, `[batch, ...]`.
    public var outputGradient: UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: dy, count: forward.batch * forward.plan.output.elementCount)
    }

    /// The gradient of the loss by an input, `[batch, ...]`; nil where nobody needs it.
    public func inputGradient(_ index: Int = 0) -> UnsafeMutableBufferPointer<Float>? {
        guard let start = forward.memory.inputGradient(forward.layer, index) else { return nil }
        return UnsafeMutableBufferPointer(
            start: start, count: forward.batch * forward.layer.inputShapes[index].elementCount)
    }

    /// The gradient of the loss by a parameter, in the order of the plan.
    public func parameterGradient(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: forward.memory.gradients + forward.layer.parameterOffsets[index],
            count: forward.plan.parameters[index].shape.elementCount)
    }

    /// The gradients of all parameters of the layer, which lie one behind the other.
    public var parameterGradients: UnsafeMutableBufferPointer<Float> {
        guard !forward.plan.parameters.isEmpty else { return .init(start: nil, count: 0) }
        return UnsafeMutableBufferPointer(
            start: weightGradient(0),
            count: forward.plan.parameters.reduce(0) { $0 + $1.shape.elementCount })
    }

    /// Where a worker adds up gradients over its samples, `[sumFloats]`; zero before the first one.
    public func sums(of worker: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: workerSums(worker), count: forward.plan.sumFloats)
    }

    /// Writes the sums of all workers, added in their order, so that the result depends on the
    /// number of threads alone.
    ///
    /// - Parameter gradients: Where they are written, `[sumFloats]` or fewer.
    /// - Precondition: There are no more gradients than sums.
    public func collectSums(into gradients: UnsafeMutableBufferPointer<Float>) {
        require(
            gradients.count <= forward.plan.sumFloats,
            "\(forward.layer.name) has \(forward.plan.sumFloats) sums for \(gradients.count) gradients"
        )
        guard let start = gradients.baseAddress else { return }
        allSums.collect(count: gradients.count, into: start, pool: forward.pool)
    }

    /// Where a worker adds up gradients over its samples.
    func workerSums(_ worker: Int) -> UnsafeMutablePointer<Float> {
        forward.memory.sums(forward.layer, of: worker)
    }

    /// What all workers have added up.
    var allSums: WorkerSums {
        WorkerSums(
            start: workerSums(0), stride: workerSums(1) - workerSums(0),
            workers: min(forward.pool.threadCount, forward.batch))
    }
}

/// What a layer sees while it derives from its parameters what all samples need.
public struct PreparationPass {
    /// Whether the network is to be trained or used.
    public let mode: Mode

    let layer: ResolvedLayer
    let memory: PassMemory

    /// What the layer planned.
    public var plan: LayerPlan { layer.plan }

    /// The shape of one sample of an input.
    public func inputShape(_ index: Int = 0) -> Shape { layer.inputShapes[index] }

    /// A parameter, in the order of the plan.
    public func parameter(_ index: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: weights(index), count: plan.parameters[index].shape.elementCount)
    }

    /// A statistic, in the order of the plan.
    public func statistic(_ index: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(
            start: memory.statistics + layer.statisticOffsets[index],
            count: plan.statistics[index].shape.elementCount)
    }

    /// What is to be filled, `[preparedFloats]`.
    public var prepared: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: preparedMemory, count: plan.preparedFloats)
    }
}

extension PreparationPass {
    var pool: ThreadPool { memory.pool }

    /// A parameter, in the order of the plan.
    func weights(_ index: Int) -> UnsafePointer<Float> {
        memory.parameters + layer.parameterOffsets[index]
    }

    /// A statistic, in the order of the plan.
    func statistics(_ index: Int) -> UnsafePointer<Float> {
        UnsafePointer(memory.statistics + layer.statisticOffsets[index])
    }

    /// What is to be filled.
    var preparedMemory: UnsafeMutablePointer<Float> { memory.prepared(layer) }
}
