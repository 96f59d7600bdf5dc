import CNN
import Tensor

/// Draws networks of nested modules that keep the shape of their input, `[height, width, 4]`.
struct RandomNetwork {
    private var source: RandomSource
    private static let channels = 4

    init(seed: UInt64) {
        source = RandomSource(seed: seed)
    }

    /// A network that ends in `[3]`.
    mutating func modules() -> [any Module] {
        let end: any Module = Bool.random(using: &source) ? Flatten() : GlobalAveragePool()
        return chain(depth: 3) + chain(depth: 2) + [end, Dense(3)]
    }

    private mutating func chain(depth: Int) -> [any Module] {
        (0..<Int.random(in: 0...3, using: &source)).map { _ in module(depth: depth) }
    }

    private mutating func paths(depth: Int) -> [any Module] {
        (0..<Int.random(in: 1...3, using: &source)).map { _ in Chain(of: chain(depth: depth)) }
    }

    private mutating func module(depth: Int) -> any Module {
        switch Int.random(in: 0..<(depth > 0 ? 17 : 12), using: &source) {
        case 0: Conv2D(filters: Self.channels, kernel: 3, padding: .same)
        case 1: Conv2D(filters: Self.channels, kernel: 1, bias: false)
        case 2: Conv2D(filters: Self.channels, kernel: 3, padding: .same, groups: 4)
        case 3: BatchNorm()
        case 4: ReLU()
        case 5: LeakyReLU(slope: 0.2)
        case 6: SiLU()
        case 7: Sigmoid()
        case 8: Tanh()
        case 9: MaxPool(3, stride: 1, padding: .same)
        case 10: AveragePool(2, stride: 1, padding: .same)
        case 11: Dropout(0)
        case 12: Residual(of: chain(depth: depth - 1))
        case 13: Residual(of: chain(depth: depth - 1), shortcut: chain(depth: depth - 1))
        case 14: Branch(of: paths(depth: depth - 1), .added)
        case 15:
            Chain(
                of: [
                    Branch(of: paths(depth: depth - 1), .concatenated),
                    Conv2D(filters: Self.channels, kernel: 1),
                ])
        default: Chain(of: chain(depth: depth - 1))
        }
    }
}

extension Chain {
    fileprivate init(of modules: [any Module]) {
        self.init { modules }
    }
}

extension Residual {
    fileprivate init(of body: [any Module], shortcut: [any Module] = []) {
        self.init {
            body
        } shortcut: {
            shortcut
        }
    }
}

extension Branch {
    fileprivate init(of paths: [any Module], _ join: Join) {
        self.init(join) { paths }
    }
}
