import Foundation
import Imaging
import Testing

struct ImageOrientationTests {
    /// What Pillow's `exif_transpose` makes of 3 x 2 pixels numbered from 1.
    static let expected: [ImageOrientation: [UInt8]] = [
        .upright: [1, 2, 3, 4, 5, 6], .mirrored: [3, 2, 1, 6, 5, 4],
        .upsideDown: [6, 5, 4, 3, 2, 1], .flipped: [4, 5, 6, 1, 2, 3],
        .transposed: [1, 4, 2, 5, 3, 6], .turnedRight: [4, 1, 5, 2, 6, 3],
        .transversed: [6, 3, 5, 2, 4, 1], .turnedLeft: [3, 6, 2, 5, 1, 4],
    ]

    @Test(arguments: ImageOrientation.allCases)
    func turns(orientation: ImageOrientation) throws {
        let picture = Image(width: 3, height: 2, channels: 1, samples: [1, 2, 3, 4, 5, 6])
        let turned = picture.turned(orientation)
        let pixels = try #require(Self.expected[orientation])
        #expect(turned.samples == pixels)
        #expect(turned.width == (orientation.rawValue < 5 ? 3 : 2))
        #expect(turned.height == (orientation.rawValue < 5 ? 2 : 3))

        let color = Image(
            width: 3, height: 2, channels: 3, samples: (1...6).flatMap { [$0, $0 + 10, $0 + 20] })
        #expect(color.turned(orientation).samples == pixels.flatMap { [$0, $0 + 10, $0 + 20] })
    }

    @Test("Files are turned as their EXIF says", arguments: ImageOrientation.allCases)
    func files(orientation: ImageOrientation) throws {
        let picture = Image.waves(width: 40, height: 24, channels: 3)
        let jpeg = picture.jpegData()
        let plain = try Image(encoded: jpeg, name: "plain")
        for isBigEndian in [false, true] {
            let exif = EXIF.block(orientation: orientation.rawValue, isBigEndian: isBigEndian)
            let file = EXIF.jpeg(jpeg, with: exif)
            #expect(try Image(encoded: file, name: "x") == plain.turned(orientation))
            #expect(try Image(encoded: file, name: "x", appliesOrientation: false) == plain)
            let png = EXIF.png(picture.pngData(), with: exif)
            #expect(try Image(encoded: png, name: "x") == picture.turned(orientation))
            #expect(try Image(encoded: png, name: "x", appliesOrientation: false) == picture)
        }
    }

    @Test("EXIF that is damaged, or says nothing sensible, leaves the picture as it is")
    func damagedEXIF() throws {
        let picture = Image.waves(width: 40, height: 24, channels: 1)
        let (jpeg, png) = (picture.jpegData(), picture.pngData())
        let plain = try Image(encoded: jpeg, name: "plain")
        var blocks = [0, 9, 65_535].map { EXIF.block(orientation: $0, isBigEndian: true) }
        let sound = EXIF.block(orientation: 6, isBigEndian: true)
        // The value stands in the last entry's ninth and tenth byte.
        blocks += (0..<sound.count - 6).map { Array(sound.prefix($0)) }
        for (position, value) in [(2, 9), (4, 0xFF), (7, 0xFF), (25, 4), (29, 2)] {
            var damaged = sound
            damaged[position] = UInt8(value)
            blocks.append(damaged)
        }
        for block in blocks {
            #expect(try Image(encoded: EXIF.jpeg(jpeg, with: block), name: "x") == plain)
            #expect(try Image(encoded: EXIF.png(png, with: block), name: "x") == picture)
        }
    }
}
