@testable import Imaging

/// Looks for faces as slowly and as plainly as can be: every rectangle of every window is summed up
/// pixel by pixel, in `Double`.
struct CascadeOracle {
    let cascade: Cascade
    let image: Image

    /// All windows that pass, size by size, row by row.
    func windows(scaleFactor: Double) -> [FaceWindow] {
        var windows: [FaceWindow] = []
        var scale = 1.0
        while rounded(Double(cascade.width) * scale) <= image.width,
            rounded(Double(cascade.height) * scale) <= image.height
        {
            windows += self.windows(scale: Float(scale))
            scale *= scaleFactor
        }
        return windows
    }

    private func windows(scale: Float) -> [FaceWindow] {
        // Sizes are rounded from single precision, as in OpenCV.
        let picture = shrunk(
            width: rounded(Double(Float(image.width) / scale)),
            height: rounded(Double(Float(image.height) / scale)))
        func scaled(_ pixels: Int) -> Int { rounded(Double(Float(pixels) * scale)) }
        let step = scale < 2 ? 2 : 1
        var windows: [FaceWindow] = []
        for y in stride(from: 0, through: picture.height - cascade.height, by: step) {
            var x = 0
            while x <= picture.width - cascade.width {
                let answer = Window(cascade: cascade, picture: picture, x: x, y: y).answer
                if case .passed(let margin) = answer {
                    windows.append(
                        FaceWindow(
                            x: scaled(x), y: scaled(y), width: scaled(cascade.width),
                            height: scaled(cascade.height), margin: Float(margin)))
                }
                // The neighbor of a window that fails at once is passed over.
                x += answer == .failed(stage: 0) ? 2 * step : step
            }
        }
        return windows
    }

    /// Linear interpolation with weights of 256ths, rounded at the end.
    private func shrunk(width: Int, height: Int) -> Image {
        func places(_ old: Int, _ new: Int) -> [(first: Int, second: Int, weight: Int)] {
            (0..<new).map { sample in
                let place = (Double(sample) + 0.5) * Double(old) / Double(new) - 0.5
                if place < 0 { return (0, 0, 0) }
                let first = min(Int(place), old - 1)
                return (first, min(first + 1, old - 1), rounded((place - Double(first)) * 256))
            }
        }
        let rows = places(image.height, height)
        let columns = places(image.width, width)
        return Image(width: width, height: height) { row, column in
            let (top, bottom, down) = rows[row]
            let (left, right, across) = columns[column]
            func blend(_ row: Int) -> Int {
                let first = Int(image.samples[row * image.width + left])
                let second = Int(image.samples[row * image.width + right])
                return first * (256 - across) + second * across
            }
            return (blend(top) * (256 - down) + blend(bottom) * down + 32_768) / 65_536
        }
    }

    private func rounded(_ value: Double) -> Int { Int(value.rounded(.toNearestOrEven)) }
}

/// One window of a picture.
private struct Window {
    enum Answer: Equatable {
        case tooFlat
        case failed(stage: Int)
        case passed(margin: Double)
    }

    let cascade: Cascade
    let picture: Image
    let x, y: Int

    var answer: Answer {
        var norm = 1.0
        if case .haar = cascade.features {
            let pixels = inner
            let count = Double(pixels.count)
            let mean = pixels.reduce(0, +) / count
            let variance = pixels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            guard variance > 100 else { return .tooFlat }
            norm = 1 / (variance.squareRoot() * count)
        }
        var margin = 0.0
        for (index, stage) in cascade.stages.enumerated() {
            let sum = stage.trees.reduce(0) { $0 + value(of: $1, norm: norm) }
            margin = sum - Double(stage.threshold)
            if margin < -1e-5 { return .failed(stage: index) }
        }
        return .passed(margin: margin)
    }

    /// The pixels one inside of the edges.
    private var inner: [Double] {
        (1..<cascade.height - 1).flatMap { row in
            (1..<cascade.width - 1).map { column in pixel(column, row) }
        }
    }

    private func pixel(_ column: Int, _ row: Int) -> Double {
        Double(picture.samples[(y + row) * picture.width + x + column])
    }

    private func value(of tree: [Cascade.Node], norm: Double) -> Double {
        var node = tree[0]
        while true {
            let goesLeft =
                switch cascade.features {
                case .haar(let features):
                    value(of: features[node.feature]) * norm < Double(node.threshold)
                case .patterns(let areas):
                    has(node.subset, pattern(areas[node.feature]))
                }
            switch goesLeft ? node.left : node.right {
            case .leaf(let value): return Double(value)
            case .node(let next): node = tree[next]
            }
        }
    }

    private func value(of feature: Cascade.HaarFeature) -> Double {
        zip(feature.areas, feature.weights).reduce(0) { sum, part in
            let (area, weight) = part
            return sum + Double(weight) * (feature.isTilted ? tiltedSum(area) : self.sum(area))
        }
    }

    private func sum(_ area: Cascade.Area) -> Double {
        (area.y..<area.y + area.height).reduce(0) { sum, row in
            (area.x..<area.x + area.width).reduce(sum) { $0 + pixel($1, row) }
        }
    }

    /// A turned rectangle is what four triangles below each other leave of each other.
    private func tiltedSum(_ area: Cascade.Area) -> Double {
        let (x, y, width, height) = (area.x, area.y, area.width, area.height)
        return triangle(x, y) - triangle(x - height, y + height) - triangle(x + width, y + width)
            + triangle(x + width - height, y + width + height)
    }

    /// The sum of the pixels of the window above a corner, between the diagonals up from it.
    private func triangle(_ x: Int, _ y: Int) -> Double {
        var sum = 0.0
        for row in 0..<min(y, cascade.height) {
            for column in 0..<cascade.width where abs(column - x + 1) <= y - row - 1 {
                sum += pixel(column, row)
            }
        }
        return sum
    }

    private func pattern(_ block: Cascade.Area) -> Int {
        func brightness(_ column: Int, _ row: Int) -> Double {
            var area = block
            area.x += column * block.width
            area.y += row * block.height
            return sum(area)
        }
        let around = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
        return around.reduce(0) { pattern, place in
            2 * pattern + (brightness(place.0, place.1) >= brightness(1, 1) ? 1 : 0)
        }
    }

    private func has(_ subset: SIMD8<UInt32>, _ pattern: Int) -> Bool {
        subset[pattern / 32] >> UInt32(pattern % 32) & 1 == 1
    }
}
