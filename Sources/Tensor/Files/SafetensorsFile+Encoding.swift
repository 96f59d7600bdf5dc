import Kernels

extension SafetensorsFile {
    /// The bytes of a file with these tensors and texts.
    ///
    /// The same contents give the same bytes: tensors follow in their order, texts in that of their
    /// names.
    ///
    /// - Precondition: No tensor is called `__metadata__`.
    /// - Complexity: O(*n*) in the number of bytes.
    public func encoded(as precision: Precision = .float32) -> [UInt8] {
        let header = encodedHeader(as: precision)
        let dataSize = tensors.reduce(0) { $0 + $1.tensor.count * precision.byteCount }
        let size = SafetensorsHeader.lengthSize + header.count + dataSize
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = size
            let file = UnsafeMutableRawBufferPointer(buffer)
            file.storeBytes(of: UInt64(header.count).littleEndian, as: UInt64.self)
            var rest = UnsafeMutableRawBufferPointer(
                rebasing: file[SafetensorsHeader.lengthSize...])
            rest.copyBytes(from: header)
            rest = UnsafeMutableRawBufferPointer(rebasing: rest[header.count...])
            for (_, tensor) in tensors where tensor.count > 0 {
                precision.encode(tensor, to: rest)
                rest = UnsafeMutableRawBufferPointer(
                    rebasing: rest[(tensor.count * precision.byteCount)...])
            }
        }
    }

    /// The header, with spaces at its end so that the numbers start at a multiple of 8 bytes.
    private func encodedHeader(as precision: Precision) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0)):\(quoted($1))" }
            members.append(
                "\(quoted(SafetensorsHeader.metadataName)):{\(texts.joined(separator: ","))}")
        }
        var end = 0
        for (name, tensor) in tensors {
            require(
                name != SafetensorsHeader.metadataName,
                "SafetensorsFile: no tensor can be called \(name)")
            let start = end
            end += tensor.count * precision.byteCount
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(quoted(name)):{\"dtype\":\"\(precision.typeName)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(start),\(end)]}")
        }
        let text = Array("{\(members.joined(separator: ","))}".utf8)
        let padding = (8 - text.count % 8) % 8
        return text + [UInt8](repeating: UInt8(ascii: " "), count: padding)
    }

    /// A text as a JSON string.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension SafetensorsFile.Precision {
    fileprivate var typeName: String {
        switch self {
        case .float32: "F32"
        case .float16: "F16"
        }
    }

    fileprivate var byteCount: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        }
    }

    fileprivate func encode(_ tensor: Tensor, to buffer: UnsafeMutableRawBufferPointer) {
        guard let start = buffer.baseAddress else { return }
        tensor.withPointer { elements in
            switch self {
            case .float32: start.copyMemory(from: elements, byteCount: tensor.count * 4)
            case .float16: encodeFloat16(count: tensor.count, elements, result: start)
            }
        }
    }
}
