import Files
import Foundation
import Imaging
import Tensor
import Testing

/// Files that were changed at random: each gives a picture or an error, and no large picture.
struct ImageFuzzTests {
    private static let limits = ImageLimits(side: 256, samples: 1 << 14)

    static let seeds: [(name: String, bytes: [UInt8])] = [
        ("gray.png", Image.waves(width: 14, height: 11, channels: 1).pngData()),
        ("color.png", Image.noise(width: 9, height: 7, channels: 3).pngData()),
        ("palette.png", [UInt8](ImagePNGTests.fixtures[4].bytes)),
        ("interlaced.png", [UInt8](ImagePNGTests.fixtures[6].bytes)),
        ("gray.jpg", Image.waves(width: 24, height: 17, channels: 1).jpegData(quality: 70)),
        (
            "color.jpg",
            EXIF.jpeg(
                Image.waves(width: 33, height: 18, channels: 3).jpegData(quality: 70),
                with: EXIF.block(orientation: 6, isBigEndian: false))
        ),
        ("progressive.jpg", [UInt8](ImageJPEGTests.progressive)),
    ]

    @Test("Changed files", arguments: seeds.indices)
    func mutations(seed: Int) {
        var source = RandomSource(seed: 11, UInt64(seed))
        for _ in 0..<2000 {
            var bytes = Self.seeds[seed].bytes
            for _ in 0...Int.random(in: 0..<4, using: &source) { mutate(&bytes, using: &source) }
            // With right checksums, damage gets further than the door.
            if Self.seeds[seed].name.hasSuffix("png"), Bool.random(using: &source) {
                correctChecksums(of: &bytes)
            }
            let image = try? Image(encoded: bytes, name: "mutant", limits: Self.limits)
            #expect(image?.samples.count ?? 0 <= Self.limits.samples)
        }
    }

    @Test("Every shorter piece", arguments: seeds.indices)
    func pieces(seed: Int) {
        let bytes = Self.seeds[seed].bytes
        for count in 0..<bytes.count - 2 {
            #expect(throws: FileError.self) {
                try Image(encoded: bytes.prefix(count), name: "piece", limits: Self.limits)
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], using source: inout RandomSource) {
        guard bytes.count > 16 else { return }
        let start = Int.random(in: 0..<bytes.count, using: &source)
        let end = min(start + Int.random(in: 1...12, using: &source), bytes.count)
        switch Int.random(in: 0..<6, using: &source) {
        case 0: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &source)
        case 1: bytes[start] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &source) ?? 0
        case 2: bytes.removeSubrange(start..<end)
        case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 4:
            for index in start..<end { bytes[index] = UInt8.random(in: 0...255, using: &source) }
        default:
            let other = Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &source)].bytes
            let from = Int.random(in: 0..<other.count, using: &source)
            bytes.replaceSubrange(start..<end, with: other[from...].prefix(40))
        }
    }

    /// Writes the checksum of each chunk as its bytes are now.
    private func correctChecksums(of bytes: inout [UInt8]) {
        var position = 8
        while position + 12 <= bytes.count {
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = position + 8 + length
            guard end + 4 <= bytes.count else { return }
            let checksum = CRC32.checksum(of: Array(bytes[position + 4..<end]))
            for index in 0..<4 {
                bytes[end + index] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * index))
            }
            position = end + 4
        }
    }
}
