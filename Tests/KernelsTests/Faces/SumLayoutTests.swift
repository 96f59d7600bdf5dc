import Kernels
import Testing

struct SumLayoutTests {
    @Test("What neighboring windows read lies side by side", arguments: [1, 2])
    func putsNeighborsSideBySide(step: Int) {
        let layout = SumLayout(stride: SumLayout.stride(forWidth: 100), step: step)
        for x in 0..<30 {
            for window in 0..<20 {
                let first = layout.offset(x: x, y: 3)
                #expect(layout.offset(x: x + step * window, y: 3) == first + window)
            }
        }
    }

    @Test("No two corners share a place, and none lies beyond its row", arguments: [1, 2])
    func hasAPlaceForEachCorner(step: Int) {
        for width in 1...80 {
            let stride = SumLayout.stride(forWidth: width)
            let layout = SumLayout(stride: stride, step: step)
            let places = (0...width).map { layout.offset(x: $0, y: 0) }
            #expect(Set(places).count == width + 1)
            #expect(places.allSatisfy { (0..<stride).contains($0) })
        }
    }
}
