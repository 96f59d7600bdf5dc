import CNN
import _TestSupport

/// A network computed by the oracles, in doubles.
///
/// Dropout is left out, so it must be off in what is compared.
struct OracleNetwork {
    let modules: [any Module]
    /// All parameters, one behind the other, as the network has them.
    var parameters: [Double]
    var statistics: [Double]
    var mode: Mode

    func output(of input: ReferenceArray) -> ReferenceArray {
        var walk = Walk(network: self)
        return walk.apply(modules, to: input)
    }

    /// How far values stay away from where gradients jump: from zero before rectifiers, and from
    /// the next value in windows whose largest counts; relative to the largest value of an array.
    ///
    /// Below that, rounding may decide where a gradient goes. Values that are equal do not count:
    /// rectified ones, to which no gradient goes.
    func margin(over input: ReferenceArray) -> Double {
        var walk = Walk(network: self)
        _ = walk.apply(modules, to: input)
        return walk.margin
    }
}

/// One way through the modules, which takes the parameters one after the other.
private struct Walk {
    let network: OracleNetwork
    private var nextParameter = 0
    private var nextStatistic = 0
    private(set) var margin = Double.infinity

    init(network: OracleNetwork) {
        self.network = network
    }

    mutating func apply(_ modules: [any Module], to input: ReferenceArray) -> ReferenceArray {
        modules.reduce(input) { apply($1, to: $0) }
    }

    private mutating func apply(
        _ module: any Module, to x: ReferenceArray
    ) -> ReferenceArray {
        switch module {
        case is Recorder, is Dropout: return x
        case is Flatten: return x.flattened
        case is ReLU:
            keepAway(x, from: x)
            return x.map(Oracle.relu)
        case let layer as LeakyReLU:
            keepAway(x, from: x)
            return x.map { Oracle.leakyReLU($0, slope: Double(layer.slope)) }
        case is SiLU: return x.map(Oracle.silu)
        case is Sigmoid: return x.map(Oracle.sigmoid)
        case is Tanh: return x.map(Oracle.tanh)
        case is Softmax: return Oracle.softmax(x)
        case is GlobalAveragePool: return Oracle.globalAveragePool(x)
        case let layer as MaxPool:
            let window = window(layer.size, layer.stride, layer.padding, x)
            keepAway(Oracle.leads(x, window: window), from: x)
            return Oracle.maxPool(x, window: window)
        case let layer as AveragePool:
            return Oracle.averagePool(x, window: window(layer.size, layer.stride, layer.padding, x))
        case let layer as Conv2D: return convolve(layer, x)
        case let layer as Dense:
            let weights = parameters([x.shape[1], layer.units])
            let bias = layer.bias ? parameters([layer.units]).values : nil
            return Oracle.dense(x, weights: weights, bias: bias)
        case let layer as BatchNorm: return normalize(layer, x)
        case let chain as Chain: return apply(chain.modules, to: x)
        case let block as Residual:
            // The shortcut is connected first.
            let shortcut = apply(block.shortcut.modules, to: x)
            return Oracle.sum([apply(block.body.modules, to: x), shortcut])
        case let branch as Branch:
            var ends: [ReferenceArray] = []
            for path in branch.paths { ends.append(apply(path, to: x)) }
            return branch.join == .added ? Oracle.sum(ends) : Oracle.concatenation(ends)
        default: preconditionFailure("there is no oracle for \(module)")
        }
    }

    /// Takes note of distances at which a gradient jumps, in an array whose values are `x`.
    private mutating func keepAway(_ distances: ReferenceArray, from x: ReferenceArray) {
        let largest = x.values.reduce(0) { max($0, abs($1)) }
        for distance in distances.values where distance != 0 {
            margin = min(margin, abs(distance) / largest)
        }
    }

    private mutating func convolve(_ layer: Conv2D, _ x: ReferenceArray) -> ReferenceArray {
        let filters = parameters([
            layer.kernel, layer.kernel, x.shape[3] / layer.groups, layer.filters,
        ])
        let bias = layer.bias ? parameters([layer.filters]).values : nil
        return Oracle.convolution(
            x, filters: filters, bias: bias,
            window: window(layer.kernel, layer.stride, layer.padding, x), groups: layer.groups)
    }

    private mutating func normalize(_ layer: BatchNorm, _ x: ReferenceArray) -> ReferenceArray {
        let channels = x.shape[x.shape.count - 1]
        let gamma = parameters([channels]).values
        let beta = parameters([channels]).values
        let running = (mean: statistics(channels), variance: statistics(channels))
        let moments = network.mode == .training ? Oracle.moments(x) : running
        return Oracle.normalization(
            x, mean: moments.mean, variance: moments.variance, gamma: gamma, beta: beta,
            epsilon: Double(layer.epsilon))
    }

    private func window(
        _ size: Int, _ stride: Int, _ padding: Padding, _ x: ReferenceArray
    ) -> Oracle.Window {
        Oracle.Window(size: size, stride: stride, isPaddedSame: padding == .same, on: x.shape)
    }

    private mutating func parameters(_ shape: [Int]) -> ReferenceArray {
        let start = nextParameter
        nextParameter += shape.reduce(1, *)
        return ReferenceArray(Array(network.parameters[start..<nextParameter]), shape: shape)
    }

    private mutating func statistics(_ count: Int) -> [Double] {
        defer { nextStatistic += count }
        return Array(network.statistics[nextStatistic..<(nextStatistic + count)])
    }
}

extension ReferenceArray {
    fileprivate var flattened: ReferenceArray {
        ReferenceArray(values, shape: [shape[0], values.count / shape[0]])
    }
}
