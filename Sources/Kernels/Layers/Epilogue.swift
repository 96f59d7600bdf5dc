/// What follows a convolution, and is done with its output while that is in the cache: scale and
/// shift, rectifier, max-pooling by 2 x 2, dropout, each where it is asked for, in this order.
///
/// - patch: a rectangle of `[height, width, channels]`; see `OutputPatch`.
/// - output: `[outputHeight, outputWidth, channels]` of one image; half the height and width, rounded
///   down, where it pools.
/// - codes: a byte for each output where it pools, so that the backward pass needs neither input
///   nor output: the position of the largest value in its window, 0 to 3, plus 4 where the
///   rectifier's slope applies, plus 8 where dropout set it to zero.
package struct Epilogue: Sendable {
    package let height: Int
    package let width: Int
    package let channels: Int
    /// What negative values are multiplied by, 0 to 1; nil without a rectifier.
    package let negativeSlope: Float?
    package let pools: Bool

    package init(height: Int, width: Int, channels: Int, negativeSlope: Float?, pools: Bool) {
        self.height = height
        self.width = width
        self.channels = channels
        self.negativeSlope = negativeSlope
        self.pools = pools
    }

    package var outputHeight: Int { pools ? height / 2 : height }
    package var outputWidth: Int { pools ? width / 2 : width }
    /// The number of floats of an image's output.
    package var outputCount: Int { outputHeight * outputWidth * channels }

    /// Writes what comes out for a patch.
    ///
    /// - Parameters:
    ///   - patch: The output of the convolution.
    ///   - scale: `[channels]`; 1 if it is nil.
    ///   - shift: `[channels]`, added after scaling; 0 if it is nil.
    ///   - output: The image's output.
    ///   - codes: The image's codes; nil where no backward pass follows.
    ///   - mask: The image's dropout.
    package func forward(
        _ patch: OutputPatch, scale: UnsafePointer<Float>?, shift: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, codes: UnsafeMutablePointer<UInt8>?,
        mask: DropoutMask?
    ) {
        let (rectifier, channels) = (Rectifier(negativeSlope), channels)
        if pools, codes == nil, mask == nil {
            forEachWindow(of: patch) { window, target in
                forEachVector(channels) { channel, lanes in
                    // Nobody asks for the code, so that the compiler leaves it out.
                    var (largest, _) = winner(
                        window, channel, lanes: lanes, scale: scale, shift: shift)
                    if let rectifier {
                        largest = rectifier(largest, where: LaneBits(largest .<= 0))
                    }
                    output.store(largest, at: target &+ channel, lanes: lanes)
                }
            }
        } else if pools {
            forEachWindow(of: patch) { window, target in
                forEachVector(channels) { channel, lanes in
                    let position = target &+ channel
                    var (largest, code) = winner(
                        window, channel, lanes: lanes, scale: scale, shift: shift)
                    if let rectifier {
                        let isNegative = LaneBits(largest .<= 0)
                        code |= isNegative & 4
                        largest = rectifier(largest, where: isNegative)
                    }
                    if let mask {
                        let falls = mask.falls(at: position)
                        code |= falls & 8
                        largest = (largest * mask.scale).kept(where: ~falls)
                    }
                    output.store(largest, at: position, lanes: lanes)
                    codes?.store(code, at: position, lanes: lanes)
                }
            }
        } else {
            patch.forEachOffset(width: width, channels: channels) { source, target in
                forEachVector(channels) { channel, lanes in
                    let position = target &+ channel
                    var value = patch.start.vector(at: source &+ channel, lanes: lanes)
                    if let scale { value *= scale.vector(at: channel, lanes: lanes) }
                    if let shift { value += shift.vector(at: channel, lanes: lanes) }
                    if let rectifier {
                        value = rectifier(value, where: LaneBits(value .<= 0))
                    }
                    if let mask { value = mask.apply(value, at: position) }
                    output.store(value, at: position, lanes: lanes)
                }
            }
        }
    }

    /// Fills a patch with the gradient by what went into rectifier, pooling and dropout: scaling is
    /// left to the caller, and adding changes no gradient.
    ///
    /// - Parameters:
    ///   - outputGradient: The gradient of the image's output.
    ///   - output: The image's output, which is read where there is a rectifier and no pooling.
    ///   - codes: The image's codes, where it pools.
    ///   - mask: The image's dropout.
    ///   - patch: What to fill.
    ///   - sums: `[channels]`, to which the sums over the patch are added: the gradient of `shift`.
    package func backward(
        outputGradient: UnsafePointer<Float>, output: UnsafePointer<Float>,
        codes: UnsafePointer<UInt8>?, mask: DropoutMask?, into patch: OutputPatch,
        sums: UnsafeMutablePointer<Float>?
    ) {
        let (rectifier, channels) = (Rectifier(negativeSlope), channels)
        if pools {
            guard let codes else {
                preconditionFailure("pooling needs the codes of the forward pass")
            }
            clearRest(of: patch)
            forEachWindow(of: patch) { window, source in
                forEachVector(channels) { channel, lanes in
                    let position = source &+ channel
                    var gradient = outputGradient.vector(at: position, lanes: lanes)
                    let code = codes.vector(at: position, lanes: lanes)
                    if let mask { gradient *= mask.scale }
                    if let rectifier {
                        let isPositive = LaneBits(where: code & 7, areBelow: 4)
                        gradient = rectifier(gradient, where: ~isPositive)
                    }
                    gradient = gradient.kept(where: LaneBits(where: code, areBelow: 8))
                    let winner = code & 3
                    for place in 0..<4 {
                        let wins = LaneBits(where: winner, are: Int32(place))
                        window.at(place).store(
                            gradient.kept(where: wins), at: channel, lanes: lanes)
                    }
                    sums?.add(gradient, at: channel, lanes: lanes)
                }
            }
        } else {
            patch.forEachOffset(width: width, channels: channels) { target, source in
                forEachVector(channels) { channel, lanes in
                    let position = source &+ channel
                    var gradient = outputGradient.vector(at: position, lanes: lanes)
                    if let mask { gradient = mask.apply(gradient, at: position) }
                    if let rectifier {
                        let isNegative =
                            LaneBits(output.vector(at: position, lanes: lanes) .<= 0)
                        gradient = rectifier(gradient, where: isNegative)
                    }
                    patch.start.store(gradient, at: target &+ channel, lanes: lanes)
                    sums?.add(gradient, at: channel, lanes: lanes)
                }
            }
        }
    }

    // MARK: - Windows

    /// The four pixels of a window of 2 x 2.
    private struct Window {
        let first: UnsafeMutablePointer<Float>
        let rowStride: Int
        let pixelStride: Int

        /// The channels of a pixel, by its row-major place.
        @inline(__always)
        func at(_ place: Int) -> UnsafeMutablePointer<Float> {
            first + ((place >> 1) &* rowStride &+ (place & 1) &* pixelStride)
        }
    }

    /// Calls `body` with all whole windows of a patch and where each one's output begins.
    @inline(__always)
    private func forEachWindow(of patch: OutputPatch, _ body: (Window, _ target: Int) -> Void) {
        patch.forEachOffset(step: 2, width: outputWidth, channels: channels) { offset, target in
            body(
                Window(
                    first: patch.start + offset, rowStride: patch.rowStride,
                    pixelStride: patch.pixelStride),
                target)
        }
    }

    /// The largest values of a window after scale and shift, and their places; of equal values the
    /// first, and a number that is none before all others, so that it shows.
    @inline(__always)
    private func winner(
        _ window: Window, _ channel: Int, lanes: Int, scale: UnsafePointer<Float>?,
        shift: UnsafePointer<Float>?
    ) -> (Vector, SIMD8<Int32>) {
        func value(_ place: Int) -> Vector {
            let value = window.at(place).vector(at: channel, lanes: lanes)
            guard let scale else { return value }
            return value * scale.vector(at: channel, lanes: lanes)
        }
        var largest = value(0)
        var code = SIMD8<Int32>.zero
        for place in 1..<4 {
            let value = value(place)
            let wins = LaneBits(value .> largest) | LaneBits(value .!= value)
            largest = largest.replaced(with: value, where: wins)
            code = code & ~wins | wins & Int32(place)
        }
        // Adding the same to all keeps their order.
        if let shift { largest += shift.vector(at: channel, lanes: lanes) }
        return (largest, code)
    }

    /// Sets the last row and column to zero where they belong to no window.
    private func clearRest(of patch: OutputPatch) {
        if !patch.rows.count.isMultiple(of: 2) {
            for column in patch.columns { clear(patch, patch.rows.upperBound - 1, column) }
        }
        if !patch.columns.count.isMultiple(of: 2) {
            for row in patch.rows { clear(patch, row, patch.columns.upperBound - 1) }
        }
    }

    private func clear(_ patch: OutputPatch, _ row: Int, _ column: Int) {
        patch.pixel(row, column).update(repeating: 0, count: channels)
    }
}

/// Multiplies what is negative by a slope; with a slope of zero also what is infinite.
private struct Rectifier {
    let slope: Float
    let clears: Bool

    init?(_ slope: Float?) {
        guard let slope else { return nil }
        self.slope = slope
        clears = slope == 0
    }

    @inline(__always)
    func callAsFunction(_ value: Vector, where isNegative: LaneBits) -> Vector {
        clears
            ? value.kept(where: ~isNegative)
            : value.replaced(with: value * slope, where: isNegative)
    }
}

extension UnsafePointer<UInt8> {
    /// Eight codes from `index` on, of which the first `lanes` exist.
    @inline(__always)
    fileprivate func vector(at index: Int, lanes: Int) -> SIMD8<Int32> {
        if lanes == Vector.scalarCount {
            let codes = UnsafeRawPointer(self + index).loadUnaligned(as: SIMD8<UInt8>.self)
            return SIMD8<Int32>(truncatingIfNeeded: codes)
        }
        return part(at: index, lanes: lanes)
    }

    @inline(never)
    private func part(at index: Int, lanes: Int) -> SIMD8<Int32> {
        var codes = SIMD8<Int32>.zero
        for lane in 0..<lanes { codes[lane] = Int32(self[index + lane]) }
        return codes
    }
}

extension UnsafeMutablePointer<UInt8> {
    @inline(__always)
    fileprivate func store(_ codes: SIMD8<Int32>, at index: Int, lanes: Int) {
        let bytes = SIMD8<UInt8>(truncatingIfNeeded: codes)
        if lanes == Vector.scalarCount {
            UnsafeMutableRawPointer(self + index).storeBytes(of: bytes, as: SIMD8<UInt8>.self)
        } else {
            storePart(bytes, at: index, lanes: lanes)
        }
    }

    @inline(never)
    private func storePart(_ bytes: SIMD8<UInt8>, at index: Int, lanes: Int) {
        for lane in 0..<lanes { self[index + lane] = bytes[lane] }
    }
}
