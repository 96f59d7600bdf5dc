/// Where the time of a training step goes, layer by layer.
///
/// All times are medians over some steps, in milliseconds a step. The *product floor* is the time
/// that the matrix products alone would take, if all threads multiplied at the rate that one thread
/// reaches with the fastest small product; the share of it in the time taken says how much of a
/// layer is products, and how well they run.
public struct Profile: Hashable, Sendable {
    /// What a layer takes; layers that are computed at once are one.
    public struct Layer: Hashable, Sendable {
        /// The names of the network's layers: `conv2d_1 + relu_1`.
        public var name: String
        /// How its convolution is computed, such as `winograd4x4`; nil for other layers.
        public var algorithm: String?
        /// The milliseconds for what it derives from its parameters.
        public var prepare: Double
        /// The milliseconds for its output.
        public var forward: Double
        /// The milliseconds for its gradients.
        public var backward: Double
        /// Multiply-adds of the matrix products in a step, as many as the algorithm really does.
        public var multiplyAdds: Int

        /// The milliseconds of all passes.
        public var milliseconds: Double { prepare + forward + backward }
    }

    /// The layers in the order in which they compute.
    public var layers: [Layer]
    /// The number of samples of a step.
    public var batchSize: Int
    /// The number of threads that shared a step.
    public var threads: Int
    /// The number of steps that were measured.
    public var steps: Int
    /// The milliseconds for the loss and its gradient.
    public var loss: Double
    /// The milliseconds for clipping, the optimizer and averaged weights.
    public var optimizer: Double
    /// The milliseconds that remain, in which threads waited for each other.
    public var waiting: Double
    /// The milliseconds of a step.
    public var milliseconds: Double
    /// The billions of floating-point operations a second, two for each multiply-add, that the
    /// fastest small matrix product does on one thread.
    public var productRate: Double

    /// Samples a second.
    public var imagesPerSecond: Double { Double(batchSize) / milliseconds * 1e3 }

    /// Multiply-adds of the matrix products in a step.
    public var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

    /// The share of the product floor in the time that a layer takes; 1 is all of it.
    public func floorShare(of layer: Layer) -> Double {
        floorShare(layer.multiplyAdds, in: layer.milliseconds)
    }

    /// The share of the product floor in the time of a step; 1 is all of it.
    public var floorShare: Double { floorShare(multiplyAdds, in: milliseconds) }

    private func floorShare(_ multiplyAdds: Int, in milliseconds: Double) -> Double {
        let floor = 2 * Double(multiplyAdds) / (productRate * 1e6 * Double(threads))
        return milliseconds > 0 ? floor / milliseconds : 0
    }
}

extension Profile: CustomStringConvertible {
    /// A table of all layers, and a line that sums the step up.
    public var description: String {
        var table = TextTable(
            header: [
                "Layer", "Algorithm", "Prepare ms", "Forward ms", "Backward ms", "Total ms",
                "GMACs", "Floor",
            ], textColumns: 2)
        table.appendRule()
        for layer in layers {
            let passes = [layer.prepare, layer.forward, layer.backward, layer.milliseconds]
            table.append(
                [layer.name, layer.algorithm ?? ""] + passes.map { $0.fixed(2) }
                    + Self.products(layer.multiplyAdds, share: floorShare(of: layer)))
        }
        table.appendRule()
        for (name, time) in [("loss", loss), ("optimizer", optimizer), ("waiting", waiting)] {
            table.append([name, "", "", "", "", time.fixed(2), "", ""])
        }
        table.append(
            ["step", "", "", "", "", milliseconds.fixed(2)]
                + Self.products(multiplyAdds, share: floorShare))
        return """
            \(table)

            \(imagesPerSecond.fixed(0)) images/s in batches of \(batchSize) on \(threads) \
            thread\(threads == 1 ? "" : "s"), median of \(steps) steps; one thread multiplies at \
            \(productRate.fixed(1)) GFLOP/s
            """
    }

    /// The cells for products, empty where there are none.
    private static func products(_ multiplyAdds: Int, share: Double) -> [String] {
        guard multiplyAdds > 0 else { return ["", ""] }
        return [(Double(multiplyAdds) / 1e9).fixed(3), (share * 100).fixed(1) + " %"]
    }
}
