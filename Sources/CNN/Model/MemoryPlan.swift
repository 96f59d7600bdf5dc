import Tensor

/// Where every array of a pass lies in one block of memory.
///
/// Each array is needed from one moment to another: moments `0..<segments` are the segments'
/// forward passes, later ones their backward passes in reverse. Arrays whose times do not overlap
/// share memory. The places are found by taking the largest array first and putting it into the
/// lowest gap that is free all its time (Pisarchyk and Lee, "Efficient memory management for deep
/// neural net inference", arXiv 2001.03288).
///
/// Arrays that are needed at one moment only, inside of a segment, and those that the backward pass
/// computes again, have room for the few samples that each worker computes at a time; all others for
/// the whole batch.
struct MemoryPlan: Sendable {
    /// Where an array lies.
    struct Place: Hashable, Sendable {
        /// Where it begins, in bytes.
        let offset: Int
        /// The number of samples that each worker has room for; nil where there is room for all
        /// samples of the batch, one after the other.
        let samplesPerWorker: Int?
    }

    /// The layers that are computed together.
    let segments: [Segment]
    /// The layers that compute their output again before the backward pass.
    let recomputed: Set<Int>
    /// Where each array of activations lies; the network's input has no place.
    private(set) var activations: [Place?]
    /// Where the gradient of each array lies; nil where it is not needed.
    private(set) var gradients: [Place?]
    /// Where the second and later gradients of arrays that several layers read are computed before
    /// they are added, by layer and input.
    private(set) var detours: [[Place?]]
    /// Where the memory kept by each layer begins, in bytes.
    private(set) var kept: [Int]
    private(set) var keptFloats: [Int]
    /// Where the workers' sums of each layer begin, and how many bytes each worker has.
    private(set) var sums: [Int]
    private(set) var sumStrides: [Int]
    /// Where what each layer has prepared begins, in bytes.
    private(set) var prepared: [Int]
    /// Where the workers' scratch begins, and how many bytes each has.
    private(set) var scratch = 0
    private(set) var scratchStride = 0
    /// The bytes of the whole block.
    private(set) var byteCount = 0

    /// Plans the memory of `layers` for batches of up to `batch` samples.
    init(layers: [ResolvedLayer], batch: Int, mode: Mode, workers: Int) {
        let nodeCount = layers.count + 1
        let floatBytes = MemoryLayout<Float>.stride
        segments = Segment.segments(of: layers)
        activations = Array(repeating: nil, count: nodeCount)
        gradients = Array(repeating: nil, count: nodeCount)
        detours = layers.map { Array(repeating: nil, count: $0.inputs.count) }
        kept = Array(repeating: 0, count: layers.count)
        keptFloats = Array(repeating: 0, count: layers.count)
        sums = Array(repeating: 0, count: layers.count)
        sumStrides = layers.map { Arena.aligned($0.plan.sumFloats * floatBytes) }
        prepared = []

        let lifetimes = Lifetimes(layers: layers, segments: segments, mode: mode)
        let largestShare = (batch + workers - 1) / workers
        var arena = Arena()
        recomputed = lifetimes.recomputed
        func add(
            _ owner: Arena.Owner, node: Int, during time: ClosedRange<Int>, isPartial: Bool = false
        ) {
            let chunk =
                isPartial || time.count == 1
                ? lifetimes.segment(at: time.lowerBound)?.chunk : nil
            let samplesPerWorker = chunk.map { min($0, largestShare) }
            let samples = samplesPerWorker.map { $0 * workers } ?? batch
            arena.add(
                owner, bytes: samples * layers[node - 1].plan.output.elementCount * floatBytes,
                during: time, samplesPerWorker: samplesPerWorker)
        }
        // An array that is written over another one has no memory of its own.
        for node in 1..<nodeCount where lifetimes.activationOwner[node] == node {
            add(
                .activation(node), node: node, during: lifetimes.activations[node],
                isPartial: recomputed.contains(node - 1))
        }
        for layer in layers {
            let now = lifetimes.forward(layer)
            let end = mode == .training ? lifetimes.backward(layer) : now
            arena.add(
                .kept(layer.index), bytes: batch * layer.plan.keptBytesPerSample, during: now...end)
            arena.add(
                .keptFloats(layer.index), bytes: layer.plan.keptFloats * floatBytes,
                during: now...end)
        }
        if mode == .training {
            for node in 1..<nodeCount where lifetimes.gradientOwner[node] == node {
                add(.gradient(node), node: node, during: lifetimes.gradients[node])
            }
            for layer in layers {
                let backward = lifetimes.backward(layer)
                arena.add(
                    .sums(layer.index), bytes: workers * sumStrides[layer.index],
                    during: backward...backward)
                for (position, node) in layer.inputs.enumerated()
                where lifetimes.needsDetour(layer, position) {
                    add(
                        .detour(layer.index, position), node: node, during: backward...backward)
                }
            }
        }

        for block in arena.placed() {
            let place = Place(offset: block.offset, samplesPerWorker: block.samplesPerWorker)
            switch block.owner {
            case .activation(let node): activations[node] = place
            case .gradient(let node): gradients[node] = place
            case .kept(let layer): kept[layer] = block.offset
            case .keptFloats(let layer): keptFloats[layer] = block.offset
            case .sums(let layer): sums[layer] = block.offset
            case .detour(let layer, let position): detours[layer][position] = place
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
        for layer in layers {
            prepared.append(byteCount)
            byteCount += Arena.aligned(layer.plan.preparedFloats * floatBytes)
        }
    }
}

/// When each array is needed, and which arrays are written over others.
private struct Lifetimes {
    var activations: [ClosedRange<Int>]
    var gradients: [ClosedRange<Int>]
    /// The array in whose memory each array lies; itself unless a layer works in place.
    var activationOwner: [Int]
    var gradientOwner: [Int]
    /// The layers that compute their output again before the backward pass.
    var recomputed: Set<Int> = []

    private let segments: [Segment]
    /// The segment of each layer.
    private let segmentOfLayer: [Int]
    /// The layers that read each array.
    private let readers: [[Int]]

    init(layers: [ResolvedLayer], segments: [Segment], mode: Mode) {
        let nodeCount = layers.count + 1
        self.segments = segments
        segmentOfLayer = segments.indices.flatMap { index in
            Array(repeating: index, count: segments[index].layers.count)
        }
        var readers = [[Int]](repeating: [], count: nodeCount)
        for layer in layers {
            for node in layer.inputs { readers[node].append(layer.index) }
        }
        self.readers = readers
        activationOwner = Array(0..<nodeCount)
        gradientOwner = Array(0..<nodeCount)
        activations = Array(repeating: 0...0, count: nodeCount)
        gradients = Array(repeating: 0...0, count: nodeCount)

        func read(_ node: Int, at moment: Int) {
            let owner = activationOwner[node]
            let old = activations[owner]
            activations[owner] = min(old.lowerBound, moment)...max(old.upperBound, moment)
        }
        for layer in layers {
            let input = layer.inputs[0]
            let now = forward(layer)
            if layer.plan.worksInPlace, input != 0, readers[input].count == 1,
                layer.inputs.count == 1, mode == .inference || Self.mayOverwrite(layer, layers)
            {
                activationOwner[layer.output] = activationOwner[input]
            } else {
                activations[layer.output] = now...now
            }
            read(layer.output, at: now)
            for node in layer.inputs { read(node, at: now) }
        }
        // The network's output is read after the last layer.
        read(layers.count, at: loss)
        guard mode == .training else { return }

        for layer in layers.reversed() {
            let backward = backward(layer)
            if layer.plan.backwardReads.contains(.output) { read(layer.output, at: backward) }
            let isRecomputed = canRecompute(layer, layers)
            if isRecomputed { recomputed.insert(layer.index) }
            if isRecomputed || layer.plan.backwardReads.contains(.input) {
                for node in layer.inputs { read(node, at: backward) }
            }
            // The gradient of the output exists from the first reader's backward pass, or from the
            // loss, until the layer's own.
            let first = readers[layer.output].max().map { self.backward(layers[$0]) } ?? loss
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

    /// The moment of the loss, between the forward and the backward passes.
    private var loss: Int { segments.count }

    /// The moment of a layer's forward pass.
    func forward(_ layer: ResolvedLayer) -> Int { segmentOfLayer[layer.index] }

    /// The moment of a layer's backward pass.
    func backward(_ layer: ResolvedLayer) -> Int { 2 * loss - forward(layer) }

    /// The segment that is computed at a moment; nil for the loss.
    func segment(at moment: Int) -> Segment? {
        moment == loss ? nil : segments[moment < loss ? moment : 2 * loss - moment]
    }

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

    /// Whether a layer's output is to be computed again for the backward pass, a part at a time:
    /// somebody reads it there, nobody outside of its segment does, and it neither lies over another
    /// array nor has one over it.
    private func canRecompute(_ layer: ResolvedLayer, _ layers: [ResolvedLayer]) -> Bool {
        let segment = segments[segmentOfLayer[layer.index]]
        let readers = readers[layer.output]
        return layer.plan.recomputesOutput && segment.chunk != nil && !readers.isEmpty
            && activationOwner[layer.output] == layer.output
            && (layer.plan.backwardReads.contains(.output)
                || readers.contains { layers[$0].plan.backwardReads.contains(.input) })
            && readers.allSatisfy {
                segment.layers.contains($0) && activationOwner[layers[$0].output] != layer.output
            }
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
        case sums(Int)
        case detour(Int, Int)
    }

    struct Block {
        let owner: Owner
        let bytes: Int
        let time: ClosedRange<Int>
        let samplesPerWorker: Int?
        var offset = 0
    }

    private var blocks: [Block] = []
    private(set) var byteCount = 0

    /// Blocks begin on a boundary that suits every kernel.
    static func aligned(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

    mutating func add(
        _ owner: Owner, bytes: Int, during time: ClosedRange<Int>, samplesPerWorker: Int? = nil
    ) {
        guard bytes > 0 else { return }
        blocks.append(
            Block(
                owner: owner, bytes: Self.aligned(bytes), time: time,
                samplesPerWorker: samplesPerWorker))
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
