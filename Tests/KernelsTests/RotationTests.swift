import Kernels
import Testing

struct RotationTests {
    @Test func quarterTurnIsClockwise() {
        let turned = Rotation(radians: .pi / 2).turning([2, 1])
        #expect(abs(turned.x + 1) < 1e-6)
        #expect(abs(turned.y - 2) < 1e-6)
    }

    @Test(arguments: [Float(0), 0.3, -2, 9])
    func turningBackUndoes(angle: Float) {
        let rotation = Rotation(radians: angle)
        let point: SIMD2<Float> = [3, -4]
        let back = rotation.turningBack(rotation.turning(point)) - point
        #expect(abs(back.x) + abs(back.y) < 1e-5)
    }
}
