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

    /// Divides layers into the longest segments.
    static func segments(of layers: [ResolvedLayer]) -> [Segment] {
        var segments: [Segment] = []
        var start = 0
        while start < layers.count {
            var end = start + 1
            if layers[start].plan.isSamplewise {
                while end < layers.count, layers[end].plan.isSamplewise { end += 1 }
            }
            segments.append(Segment(layers: start..<end, of: layers))
            start = end
        }
        return segments
    }

    private init(layers range: Range<Int>, of layers: [ResolvedLayer]) {
        self.layers = range
        guard range.count > 1 else {
            chunk = nil
            return
        }
        // As many samples as keep the largest array in the caches, its gradient beside it.
        let largest =
            layers[range].map {
                max($0.plan.output.elementCount, $0.inputShapes[0].elementCount)
            }.max() ?? 1
        chunk = max(1, 576 * 1024 / max(largest, 1))
    }
}
