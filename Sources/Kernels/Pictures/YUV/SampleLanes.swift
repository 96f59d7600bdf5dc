/// Eight samples of 8 bits, with room for the sums and products in between.
typealias SampleLanes = SIMD8<Int16>

extension SampleLanes {
    /// The upper 16 bits of the products with a number.
    @inline(__always)
    func highProduct(with factor: Int16) -> SampleLanes {
        let factors = SIMD8<Int32>(truncatingIfNeeded: SampleLanes(repeating: factor))
        return SampleLanes(
            truncatingIfNeeded: (SIMD8<Int32>(truncatingIfNeeded: self) &* factors) &>> 16)
    }

    /// Numbers with 5 bits behind the point, rounded and held between 0 and 255.
    ///
    /// Without comparisons: the compiler makes loops over the lanes of those of integers.
    @inline(__always)
    var roundedSamples: SampleLanes {
        let rounded = (self &+ 16) &>> 5
        let negative = rounded &>> 15
        let tooLarge = (255 &- rounded) &>> 15
        return ((rounded & ~negative) | tooLarge) & 255
    }

    /// Eight bytes, one after the other.
    @inline(__always)
    init(at bytes: UnsafePointer<UInt8>) {
        self.init(
            truncatingIfNeeded: UnsafeRawPointer(bytes).loadUnaligned(as: SIMD8<UInt8>.self))
    }

    /// The first `count` of the bytes that lie `step` apart, each `repeats` times.
    @inline(never)
    init(at bytes: UnsafePointer<UInt8>, step: Int, repeats: Int, count: Int) {
        self.init()
        for lane in 0..<count { self[lane] = Int16(bytes[lane / repeats * step]) }
    }
}
