import Foundation

/// Twenty training steps of the `sequential` network in Keras, and what they started from.
///
/// `Reference/twenty_steps.py` made the numbers, and defines how weights, pictures and labels follow
/// from integers; the functions here repeat that bit by bit.
struct KerasReference: Decodable {
    struct Parameter: Decodable {
        /// `[height, width, in, out]`, `[in, out]` or `[out]`.
        var shape: [Int]
        /// The first four elements before training.
        var firstInitial: [Float]
        /// The sum of the elements after twenty steps.
        var sum: Double
        /// The root of the sum of their squares after twenty steps.
        var norm: Double
    }

    static let steps = 20
    static let batchSize = 64
    static let side = 48
    static let classes = 7

    /// The logits of the first eight pictures before training, `[8, 7]`.
    var logits: [[Double]]
    /// The mean loss of each step.
    var losses: [Double]
    /// The same in float64, which tells rounding from mistakes.
    var float64Losses: [Double]
    /// Kernels and biases in turn, from the input to the output.
    var parameters: [Parameter]
    var firstLabels: [Int32]
    var firstPixels: [UInt8]
    var batchSums: [Int]

    static func load() throws -> KerasReference {
        try JSONDecoder().decode(KerasReference.self, from: referenceData("twenty_steps"))
    }

    /// The initial elements of parameter tensor number `tensor`, row-major.
    static func initialWeights(tensor: Int, shape: [Int]) -> [Float] {
        let count = shape.reduce(1, *)
        guard shape.count > 1 else { return [Float](repeating: 0, count: count) }
        let receptive = shape.dropLast(2).reduce(1, *)
        let fans = receptive * shape.suffix(2).reduce(0, +)
        let limit = Float((6 / Double(fans)).squareRoot())
        return (0..<count).map { index in
            let u = Float(mixed(tensor, index) >> 40) / 16_777_216
            return (2 * u - 1) * limit
        }
    }

    /// The labels of one batch, `[64]`.
    static func labels(batch: Int) -> [Int32] {
        (0..<batchSize).map { Int32(mixed(255, batch * batchSize + $0) % UInt64(classes)) }
    }

    /// The pictures of one batch, `[64, 48, 48, 1]`; the network sees them divided by 255.
    static func pictures(batch: Int) -> [UInt8] {
        labels(batch: batch).enumerated().flatMap { position, label in
            picture(batch * batchSize + position, label: Int(label))
        }
    }

    private static func picture(_ number: Int, label: Int) -> [UInt8] {
        let stream = 256 + number
        var nodes = (0..<49).map { Int(mixed(stream, $0) >> 58) }
        for column in 0..<7 { nodes[label * 7 + column] = 255 }
        var pixels: [UInt8] = []
        for y in 0..<side {
            let (row, v) = y.quotientAndRemainder(dividingBy: 8)
            for x in 0..<side {
                let (column, h) = x.quotientAndRemainder(dividingBy: 8)
                let corner = row * 7 + column
                let above = (8 - h) * nodes[corner] + h * nodes[corner + 1]
                let below = (8 - h) * nodes[corner + 7] + h * nodes[corner + 8]
                let light = ((8 - v) * above + v * below) >> 6
                let noise = Int(mixed(stream, 64 + side * y + x) >> 59)
                pixels.append(UInt8(light >> 1 + noise))
            }
        }
        return pixels
    }

    /// SplitMix64's output for the state `stream << 32 | index`.
    private static func mixed(_ stream: Int, _ index: Int) -> UInt64 {
        var z = (UInt64(stream) << 32 | UInt64(index)) &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
