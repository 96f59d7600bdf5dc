import Kernels
import Testing
import _TestSupport

struct PackedRGBTests {
    @Test(arguments: [0, 1, 2, 5, 33], GuardedBytes.Side.allCases)
    func swapsRedAndBlue(pixels: Int, side: GuardedBytes.Side) {
        let source = GuardedBytes(noise(3 * pixels), guarding: side)
        let target = GuardedBytes(Array(repeating: 7, count: 3 * pixels), guarding: side)
        rgbFromBGR(UnsafeBufferPointer(source.bytes), into: target.bytes)
        for pixel in 0..<pixels {
            for channel in 0..<3 {
                #expect(target.bytes[3 * pixel + channel] == source.bytes[3 * pixel + 2 - channel])
            }
        }
    }
}
