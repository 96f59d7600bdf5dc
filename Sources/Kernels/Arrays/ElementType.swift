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
