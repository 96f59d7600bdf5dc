/// The number formats that array files hold and that can be converted to `Float`.
package enum ElementType: Sendable, CaseIterable {
    case bool
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case float16, bfloat16, float32, float64

    /// The number of bytes of one element.
    package var byteCount: Int {
        switch self {
        case .bool, .int8, .uint8: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }
}

/// Converts `count` elements of `type`, which may lie at any address, to the nearest floats.
///
/// In big-endian elements the most significant byte comes first.
package func decodeElements(
    _ type: ElementType, bigEndian: Bool, count: Int,
    _ bytes: UnsafeRawPointer, result: UnsafeMutablePointer<Float>
) {
    switch type {
    case .bool:
        convert(UInt8.self, bigEndian, count, bytes, result) { $0 != 0 ? 1 : 0 }
    case .int8: convert(Int8.self, bigEndian, count, bytes, result) { Float($0) }
    case .int16: convert(Int16.self, bigEndian, count, bytes, result) { Float($0) }
    case .int32: convert(Int32.self, bigEndian, count, bytes, result) { Float($0) }
    case .int64: convert(Int64.self, bigEndian, count, bytes, result) { Float($0) }
    case .uint8: convert(UInt8.self, bigEndian, count, bytes, result) { Float($0) }
    case .uint16: convert(UInt16.self, bigEndian, count, bytes, result) { Float($0) }
    case .uint32: convert(UInt32.self, bigEndian, count, bytes, result) { Float($0) }
    case .uint64: convert(UInt64.self, bigEndian, count, bytes, result) { Float($0) }
    case .float16 where !bigEndian:
        decodeFloat16(count: count, bytes, result: result)
    case .float16:
        convert(UInt16.self, bigEndian, count, bytes, result) { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
        convert(UInt16.self, bigEndian, count, bytes, result) {
            Float(bitPattern: UInt32($0) << 16)
        }
    case .float32 where !bigEndian:
        // Every processor that Swift runs on is little-endian.
        UnsafeMutableRawPointer(result).copyMemory(from: bytes, byteCount: count * 4)
    case .float32:
        convert(UInt32.self, bigEndian, count, bytes, result) { Float(bitPattern: $0) }
    case .float64:
        convert(UInt64.self, bigEndian, count, bytes, result) { Float(Double(bitPattern: $0)) }
    }
}

@inline(__always)
private func convert<Bits: FixedWidthInteger & BitwiseCopyable>(
    _: Bits.Type, _ bigEndian: Bool, _ count: Int,
    _ bytes: UnsafeRawPointer, _ result: UnsafeMutablePointer<Float>, _ number: (Bits) -> Float
) {
    for index in 0..<count {
        let bits = bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
        result[index] = number(bigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
    }
}

/// Converts little-endian half-precision numbers eight at a time; processors without an instruction
/// for it would call a function for each.
private func decodeFloat16(
    count: Int, _ bytes: UnsafeRawPointer, result: UnsafeMutablePointer<Float>
) {
    let whole = count / Vector.scalarCount * Vector.scalarCount
    for index in stride(from: 0, to: whole, by: Vector.scalarCount) {
        let halves = bytes.loadUnaligned(fromByteOffset: index * 2, as: SIMD8<UInt16>.self)
        let bits = SIMD8<UInt32>(truncatingIfNeeded: halves)
        // With exponent and fraction in the places that they have in a float, the number is too
        // small by the difference of the exponents' biases, 127 - 15, also where it is subnormal.
        let magnitude = bits & 0x7FFF
        let number = unsafeBitCast(magnitude &<< 13, to: Vector.self) * 0x1p112
        // The largest exponent stands for infinity or no number: an addition carries into bit 15.
        let isSpecial = 0 &- ((magnitude &+ 0x400) &>> 15)
        let float =
            unsafeBitCast(number, to: SIMD8<UInt32>.self)
            | (isSpecial & 0x7F80_0000) | ((bits & 0x8000) &<< 16)
        result.store(unsafeBitCast(float, to: Vector.self), at: index)
    }
    for index in whole..<count {
        let half = bytes.loadUnaligned(fromByteOffset: index * 2, as: Float16.self)
        result[index] = Float(half)
    }
}

/// Writes `count` floats as little-endian half-precision numbers: the nearest ones, ties to even,
/// infinity above 65,504.
package func encodeFloat16(
    count: Int, _ input: UnsafePointer<Float>, result: UnsafeMutableRawPointer
) {
    for index in 0..<count {
        result.storeBytes(
            of: Float16(input[index]).bitPattern.littleEndian, toByteOffset: index * 2,
            as: UInt16.self)
    }
}
