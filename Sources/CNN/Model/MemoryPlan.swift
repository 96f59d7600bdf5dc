import Tensor

/// Where every array of a pass lies in one block of memory.
///
/// Each array is needed from one moment to another: moments `0..<layers` are the layers' forward
/// passes, later ones their backward passes in reverse. Arrays whose times do not overlap share
/// memory. The places are found by taking the largest array first and putting it into the lowest
/// gap that is free all its time (Pisarchyk and Lee, "Efficient memory management for deep neural
/// net inference", arXiv 2001.03288).
struct MemoryPlan: Sendable {
    /// Where each array of activations begins, in bytes; the network's input has no place.
    private(set) var activations: [Int?]
    /// Where the gradient of each array begins, in bytes; nil where it is not needed.
    private(set) var gradients: [Int?]
    /// Where the memory kept by each layer begins, in bytes.
    private(set) var kept: [Int]
    private(set) var keptFloats: [Int]
    /// Where the second and later gradients of arrays that several layers read are computed before
    /// they are added, by layer and input.
    private(set) var detours: [[Int?]]
    /// Where the workers' scratch begins, and how many bytes each has.
    private(set) var scratch = 0
    private(set) var scratchStride = 0
    /// The bytes of the whole block.
    private(set) var byteCount = 0

    /// Plans the memory of `layers` for batches of up to `batch` samples.
    init(layers: [ResolvedLayer], batch: Int, mode: Mode, workers: Int) {
        let nodeCount = layers.count + 1
        activations = Array(repeating: nil, count: nodeCount)
        gradients = Array(repeating: nil, count: nodeCount)
        kept = Array(repeating: 0, count: layers.count)
        keptFloats = Array(repeating: 0, count: layers.count)
        detours = layers.map { Array(repeating: nil, count: $0.inputs.count) }

        let lifetimes = Lifetimes(layers: layers, mode: mode)
        var arena = Arena()
        let floatBytes = MemoryLayout<Float>.stride
        func bytes(_ node: Int) -> Int {
            batch * layers[node - 1].plan.output.elementCount * floatBytes
        }
        // An array that is written over another one has no memory of its own.
        for node in 1..<nodeCount where lifetimes.activationOwner[node] == node {
            arena.add(.activation(node), bytes: bytes(node), during: lifetimes.activations[node])
        }
        if mode == .training {
            for node in 1..<nodeCount where lifetimes.gradientOwner[node] == node {
                arena.add(.gradient(node), bytes: bytes(node), during: lifetimes.gradients[node])
            }
            for layer in layers {
                let backward = lifetimes.backward(layer)
                let alive = layer.index...backward
                arena.add(
                    .kept(layer.index), bytes: batch * layer.plan.keptBytesPerSample, during: alive)
                arena.add(
                    .keptFloats(layer.index), bytes: layer.plan.keptFloats * floatBytes,
                    during: alive)
                for (position, node) in layer.inputs.enumerated()
                where lifetimes.needsDetour(layer, position) {
                    arena.add(
                        .detour(layer.index, position), bytes: bytes(node),
                        during: backward...backward)
                }
            }
        } else {
            for layer in layers {
                let now = layer.index...layer.index
                arena.add(
                    .kept(layer.index), bytes: batch * layer.plan.keptBytesPerSample, during: now)
                arena.add(
                    .keptFloats(layer.index), bytes: layer.plan.keptFloats * floatBytes, during: now
                )
            }
        }

        for block in arena.placed() {
            switch block.owner {
            case .activation(let node): activations[node] = block.offset
            case .gradient(let node): gradients[node] = block.offset
            case .kept(let layer): kept[layer] = block.offset
            case .keptFloats(let layer): keptFloats[layer] = block.offset
            case .detour(let layer, let position): detours[layer][position] = block.offset
            }
        }
        for node in 1..<nodeCount {
            activations[node] = activations[lifetimes.activationOwner[node]]
            gradients[node] = gradients[lifetimes.gradientOwner[node]]
        }
        scratch = arena.byteCount
        scratchStride = Arena.aligned(
            (layers.map(\.plan.scratchFloats).max() ?? 0) * floatBytes)
        byteCount = scratch + workers * scratchStride
    }
}

/// When each array is needed, and which arrays are written over others.
private struct Lifetimes {
    var activations: [ClosedRange<Int>]
    var gradients: [ClosedRange<Int>]
    /// The array in whose memory each array lies; itself unless a layer works in place.
    var activationOwner: [Int]
    var gradientOwner: [Int]

    private let layerCount: Int
    /// The layers that read each array.
    private let readers: [[Int]]

    init(layers: [ResolvedLayer], mode: Mode) {
        let nodeCount = layers.count + 1
        layerCount = layers.count
        var readers = [[Int]](repeating: [], count: nodeCount)
        for layer in layers {
            for node in layer.inputs { readers[node].append(layer.index) }
        }
        self.readers = readers
        activationOwner = Array(0..<nodeCount)
        gradientOwner = Array(0..<nodeCount)
        activations = Array(repeating: 0...0, count: nodeCount)
        gradients = Array(repeating: 0...0, count: nodeCount)

        let end = mode == .training ? 2 * layerCount : layerCount
        func read(_ node: Int, at moment: Int) {
            let owner = activationOwner[node]
            let old = activations[owner]
            activations[owner] = min(old.lowerBound, moment)...max(old.upperBound, moment)
        }
        for layer in layers {
            let input = layer.inputs[0]
            if layer.plan.worksInPlace, input != 0, readers[input].count == 1,
                layer.inputs.count == 1, mode == .inference || Self.mayOverwrite(layer, layers)
            {
                activationOwner[layer.output] = activationOwner[input]
            } else {
                activations[layer.output] = layer.index...layer.index
            }
            read(layer.output, at: layer.index)
            for node in layer.inputs { read(node, at: layer.index) }
        }
        // The network's output is read after the last layer.
        read(layerCount, at: layerCount)
        guard mode == .training else { return }

        for layer in layers.reversed() {
            let backward = end - layer.index
            if layer.plan.backwardReads.contains(.output) { read(layer.output, at: backward) }
            if layer.plan.backwardReads.contains(.input) {
                for node in layer.inputs { read(node, at: backward) }
            }
            // The gradient of the output exists from the first reader's backward pass, or from the
            // loss, until the layer's own.
            let first = readers[layer.output].max().map { end - $0 } ?? layerCount
            gradients[layer.output] = first...backward
        }
        for layer in layers where layer.plan.worksInPlace && layer.inputs.count == 1 {
            let input = layer.inputs[0]
            if input != 0, readers[input].count == 1 {
                gradientOwner[input] = layer.output
            }
        }
        // Where gradients are written over others, the first of them lives for all.
        for node in stride(from: nodeCount - 1, through: 1, by: -1) {
            var owner = gradientOwner[node]
            while gradientOwner[owner] != owner { owner = gradientOwner[owner] }
            gradientOwner[node] = owner
            let upper = max(gradients[owner].upperBound, gradients[node].upperBound)
            gradients[owner] = gradients[owner].lowerBound...upper
        }
    }

    /// The moment of a layer's backward pass.
    func backward(_ layer: ResolvedLayer) -> Int { 2 * layerCount - layer.index }

    /// Whether a layer's gradient of an input is to be added to what other readers left there.
    ///
    /// The last reader's backward pass comes first and writes; the others add.
    func needsDetour(_ layer: ResolvedLayer, _ position: Int) -> Bool {
        let node = layer.inputs[position]
        guard node != 0 else { return false }
        let isLastReader = readers[node].max() == layer.index
        let isFirstMention = layer.inputs.firstIndex(of: node) == position
        return !(isLastReader && isFirstMention)
    }

    /// Whether nobody's backward pass reads what the layer would overwrite.
    private static func mayOverwrite(_ layer: ResolvedLayer, _ layers: [ResolvedLayer]) -> Bool {
        let producer = layers[layer.inputs[0] - 1]
        return !layer.plan.backwardReads.contains(.input)
            && !producer.plan.backwardReads.contains(.output)
    }
}

/// Blocks of memory with the times at which they are needed.
private struct Arena {
    enum Owner {
        case activation(Int)
        case gradient(Int)
        case kept(Int)
        case keptFloats(Int)
        case detour(Int, Int)
    }

    struct Block {
        let owner: Owner
        let bytes: Int
        let time: ClosedRange<Int>
        var offset = 0
    }

    private var blocks: [Block] = []
    private(set) var byteCount = 0

    /// Blocks begin on a boundary that suits every kernel.
    static func aligned(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

    mutating func add(_ owner: Owner, bytes: Int, during time: ClosedRange<Int>) {
        guard bytes > 0 else { return }
        blocks.append(Block(owner: owner, bytes: Self.aligned(bytes), time: time))
    }

    /// All blocks with their places.
    mutating func placed() -> [Block] {
        var placed: [Block] = []
        for var block in blocks.sorted(by: { $0.bytes > $1.bytes }) {
            let rivals = placed.filter { $0.time.overlaps(block.time) }
                .sorted { $0.offset < $1.offset }
            for rival in rivals where block.offset + block.bytes > rival.offset {
                block.offset = max(block.offset, rival.offset + rival.bytes)
            }
            byteCount = max(byteCount, block.offset + block.bytes)
            placed.append(block)
        }
        return placed
    }
}
