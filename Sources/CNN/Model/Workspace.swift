package import Kernels
import Tensor

/// The memory in which a network computes, planned once for batches up to a size.
///
/// It belongs to whoever runs the passes, one pass at a time. Nothing is allocated while they run.
package final class Workspace {
    /// The largest number of samples of a pass.
    package let batchCapacity: Int
    package let pool: ThreadPool

    private let layers: [ResolvedLayer]
    let plan: MemoryPlan
    let block: UnsafeMutableRawPointer

    /// Plans the memory for a network.
    ///
    /// - Parameters:
    ///   - network: Whose layers are to be computed.
    ///   - batchCapacity: The largest number of samples of a pass, at least 1.
    ///   - mode: `.training` allows all passes, `.inference` only forward ones.
    ///   - endsAtLogits: Leaves out a softmax at the end of the network: losses take logits.
    ///   - pool: The threads that compute.
    package init(
        _ network: Sequential, batchCapacity: Int, mode: Mode, endsAtLogits: Bool = false,
        pool: ThreadPool
    ) {
        require(batchCapacity >= 1, "a workspace holds 1 sample or more")
        self.batchCapacity = batchCapacity
        self.pool = pool
        layers = endsAtLogits ? network.layersToLogits : network.layers
        require(!layers.isEmpty, "a network needs a layer before its softmax")
        plan = MemoryPlan(
            layers: layers, batch: batchCapacity, mode: mode, workers: pool.threadCount)
        block = .allocate(byteCount: max(plan.byteCount, 64), alignment: 64)
    }

    deinit {
        block.deallocate()
    }

    /// The bytes of all arrays together.
    package var byteCount: Int { plan.byteCount }

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
        let memory = PassMemory(workspace: self, arrays: arrays)
        for layer in layers {
            layer.layer.forward(pass(layer, memory, batch: batch, mode: mode, seed: seed))
        }
        return memory.activation(layers.count)
    }

    /// Where the gradient of the loss by the network's output is to be written between `forward`
    /// and `backward`, `[batch, ...]`.
    package var outputGradient: UnsafeMutablePointer<Float> {
        guard let offset = plan.gradients[layers.count] else {
            misuse("a workspace for inference has no gradients")
        }
        return pointer(offset)
    }

    /// Runs all layers backward, after a forward pass in training mode with the same arguments.
    package func backward(_ arrays: PassArrays, batch: Int, seed: UInt64) {
        let memory = PassMemory(workspace: self, arrays: arrays)
        for layer in layers.reversed() {
            let forward = pass(layer, memory, batch: batch, mode: .training, seed: seed)
            layer.layer.backward(BackwardPass(forward: forward))
            addDetours(of: layer, memory, batch: batch)
        }
    }

    /// Adds the gradients of arrays that other layers read too.
    private func addDetours(of layer: ResolvedLayer, _ memory: PassMemory, batch: Int) {
        for position in layer.inputs.indices {
            guard let detour = plan.detours[layer.index][position] else { continue }
            let source = pointer(detour)
            let target = memory.gradient(layer.inputs[position])
            let count = layer.inputShapes[position].elementCount
            pool.split(batch, with: (source, target, count)) { context, _, samples in
                let (source, target, count) = context
                let start = samples.lowerBound * count
                accumulate(source + start, into: target + start, count: samples.count * count)
            }
        }
    }

    private func pass(
        _ layer: ResolvedLayer, _ memory: PassMemory, batch: Int, mode: Mode, seed: UInt64
    ) -> ForwardPass {
        var source = RandomSource(seed: seed, UInt64(layer.index))
        return ForwardPass(
            batch: batch, mode: mode, seed: source.next(), layer: layer, memory: memory)
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

    var pool: ThreadPool { workspace.pool }
    var parameters: UnsafePointer<Float> { arrays.parameters }
    var statistics: UnsafeMutablePointer<Float> { arrays.statistics }

    var gradients: UnsafeMutablePointer<Float> {
        guard let gradients = arrays.gradients else {
            misuse("a backward pass needs memory for the gradients of the parameters")
        }
        return gradients
    }

    /// Node 0 is the network's input, which no layer writes.
    func activation(_ node: Int) -> UnsafeMutablePointer<Float> {
        guard let offset = workspace.plan.activations[node] else {
            return UnsafeMutablePointer(mutating: arrays.input)
        }
        return workspace.pointer(offset)
    }

    func gradient(_ node: Int) -> UnsafeMutablePointer<Float> {
        guard let offset = workspace.plan.gradients[node] else {
            misuse("array \(node) has no gradient in a workspace for inference")
        }
        return workspace.pointer(offset)
    }

    func inputGradient(_ layer: ResolvedLayer, _ position: Int) -> UnsafeMutablePointer<Float>? {
        let offset =
            workspace.plan.detours[layer.index][position]
            ?? workspace.plan.gradients[layer.inputs[position]]
        return offset.map(workspace.pointer)
    }

    func kept(_ layer: ResolvedLayer) -> UnsafeMutableRawPointer {
        workspace.block + workspace.plan.kept[layer.index]
    }

    func keptFloats(_ layer: ResolvedLayer) -> UnsafeMutablePointer<Float> {
        workspace.pointer(workspace.plan.keptFloats[layer.index])
    }

    func scratch(of worker: Int) -> UnsafeMutablePointer<Float> {
        workspace.pointer(workspace.plan.scratch + worker * workspace.plan.scratchStride)
    }
}
