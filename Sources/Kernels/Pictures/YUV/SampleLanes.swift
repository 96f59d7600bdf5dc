/// Eight samples of 8 bits, with room for the sums and products in between.
///
/// Conversions between vectors of different numbers, and comparisons of integers, are calls or
/// loops over the lanes as they are compiled; shifts and masks of bits are not.
typealias SampleLanes = SIMD8<Int16>

extension SampleLanes {
    /// Eight bytes, the first in the lowest bits.
    @inline(__always)
    init(bytes: UInt64) {
        // Two groups of four move apart, then pairs, then single bytes.
        var lanes = SIMD2(bytes & 0xFFFF_FFFF, bytes &>> 32)
        lanes = (lanes | lanes &<< 16) & 0x0000_FFFF_0000_FFFF
        lanes = (lanes | lanes &<< 8) & 0x00FF_00FF_00FF_00FF
        self = unsafeBitCast(lanes, to: SampleLanes.self)
    }

    /// Eight bytes, one after the other.
    @inline(__always)
    init(at bytes: UnsafePointer<UInt8>) {
        self.init(bytes: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }

    /// Four bytes, one after the other, each twice.
    @inline(__always)
    init(fourTwiceAt bytes: UnsafePointer<UInt8>) {
        var four = UInt64(UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
        four = (four | four &<< 16) & 0x0000_FFFF_0000_FFFF
        four = (four | four &<< 8) & 0x00FF_00FF_00FF_00FF
        self.init(bytes: four | four &<< 8)
    }

    /// Numbers with 5 bits behind the point, rounded and held between 0 and 255.
    @inline(__always)
    var roundedSamples: SampleLanes {
        let rounded = (self &+ 16) &>> 5
        let negative = rounded &>> 15
        let tooLarge = (255 &- rounded) &>> 15
        return ((rounded & ~negative) | tooLarge) & 255
    }
}

/// A factor in fixed point, in two parts whose products with samples fit into 16 bits.
struct SampleFactor {
    /// The upper bits, 5 of them behind the point.
    private let upper: Int16
    /// The `shift` bits below.
    private let lower: Int16
    private let shift: Int16

    /// - Parameters:
    ///   - value: The factor, below 4.
    ///   - shift: The number of bits below the upper ones; a sample times 2 to their power has to
    ///     fit into 16 bits.
    init(_ value: Double, shift: Int16) {
        let factor = Int16((value * Double(1 << (5 + shift))).rounded())
        upper = factor >> shift
        lower = factor & (1 << shift - 1)
        self.shift = shift
    }

    /// The products, 5 bits behind the point.
    @inline(__always)
    static func * (factor: SampleFactor, lanes: SampleLanes) -> SampleLanes {
        lanes &* factor.upper &+ (lanes &* factor.lower) &>> factor.shift
    }
}
