import Foundation

/// An AVI file put together piece by piece, as other programs may write it.
enum MadeAVI {
    /// A piece with its size, which may lie, and what makes it even.
    static func chunk(_ name: String, _ body: [UInt8], size: Int? = nil) -> [UInt8] {
        Array(name.utf8) + number(size ?? body.count) + body + zeros(body.count % 2)
    }

    /// A list of pieces.
    static func list(_ kind: String, _ pieces: [[UInt8]], size: Int? = nil) -> [UInt8] {
        chunk("LIST", Array(kind.utf8) + Array(pieces.joined()), size: size)
    }

    /// The description of a stream.
    static func stream(
        _ type: String, codec: String = "MJPG", scale: Int = 1, rate: Int = 10
    ) -> [UInt8] {
        var head = Array((type + codec).utf8) + zeros(12)
        head += number(scale) + number(rate) + zeros(28)
        var format = number(40) + number(16) + number(8)
        format += [1, 0, 24, 0] + Array(codec.utf8) + zeros(20)
        return list("strl", [chunk("strh", head), chunk("strf", format)])
    }

    /// A whole file.
    static func file(_ streams: [[UInt8]], _ frames: [[UInt8]], size: Int? = nil) -> [UInt8] {
        chunk(
            "RIFF",
            Array("AVI ".utf8) + list("hdrl", [chunk("avih", zeros(56))] + streams)
                + list("INFO", [chunk("ISFT", Array("a test".utf8))]) + chunk("JUNK", zeros(33))
                + list("movi", frames, size: size), size: size)
    }

    static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
