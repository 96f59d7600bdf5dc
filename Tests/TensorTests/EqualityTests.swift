import Tensor
import Testing

@Suite struct EqualityTests {
    @Test func comparesShapeAndElements() {
        let x: Tensor = [[1, 2]]
        #expect(x == [[1, 2]])
        #expect(x != [[1, 3]])
        #expect(x != [1, 2])
        #expect(Tensor([0]) == Tensor([-0.0]))
        #expect(Tensor([.nan]) != Tensor([.nan]))
    }

    @Test func toleratesSmallDifferences() {
        let x: Tensor = [1, 1000, 0]
        #expect(x.isApproximatelyEqual(to: [1.000005, 1000.005, 5e-7]))
        #expect(!x.isApproximatelyEqual(to: [1.00005, 1000, 0]))
        #expect(!x.isApproximatelyEqual(to: [1, 1000.05, 0]))
        #expect(!x.isApproximatelyEqual(to: [1, 1000, 5e-6]))
        #expect(x.isApproximatelyEqual(to: [1.05, 1040, 0], relativeTolerance: 0.05))
        #expect(x.isApproximatelyEqual(to: [0.5, 999.5, 0.5], absoluteTolerance: 0.5))
        #expect(!x.isApproximatelyEqual(to: [[1, 1000, 0]]))
    }

    @Test func infinitiesEqualThemselvesOnly() {
        let x = Tensor([.infinity])
        #expect(x.isApproximatelyEqual(to: x))
        #expect(!x.isApproximatelyEqual(to: Tensor([-.infinity])))
        #expect(!x.isApproximatelyEqual(to: Tensor([1e30])))
        #expect(!Tensor([.nan]).isApproximatelyEqual(to: Tensor([.nan])))
    }
}
