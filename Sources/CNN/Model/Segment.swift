import Tensor

/// Layers that are computed one after the other for a few samples at a time, by one worker.
///
/// What passes between them then stays in the cache, and needs memory for these samples only. A
/// layer that needs the whole batch is a segment of its own.
struct Segment: Sendable {
    /// The positions of the layers.
    let layers: Range<Int>
    /// The number of samples that pass through all layers at a time; nil for the whole batch at
    /// once, which the layer itself divides among the workers.
    let chunk: Int?

    /// Divides layers into segments.
    ///
    /// A segment ends behind a layer that finishes the batch, and before one with so much smaller
    /// arrays that it does better with more samples at a time.
    static func segments(of layers: [ResolvedLayer]) -> [Segment] {
        var segments: [Segment] = []
        var start = 0
        while start < layers.count {
            var chunk = chunk(of: layers[start])
            var end = start + 1
            while end < layers.count, layers[start].plan.isSamplewise,
                !layers[end - 1].plan.finishesBatch,
                layers[end].plan.isSamplewise, Self.chunk(of: layers[end]) < 2 * chunk
            {
                chunk = min(chunk, Self.chunk(of: layers[end]))
                end += 1
            }
            segments.append(
                Segment(layers: start..<end, chunk: end - start == 1 ? nil : chunk))
            start = end
        }
        return segments
    }

    /// The number of samples whose arrays fill half of a second-level cache.
    private static func chunk(of layer: ResolvedLayer) -> Int {
        let inputs = layer.inputShapes.map(\.elementCount)
        return max(1, cachedFloats / max(layer.plan.output.elementCount, inputs.max() ?? 1, 1))
    }

    private static let cachedFloats = 150 * 1024
}
