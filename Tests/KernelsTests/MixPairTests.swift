import Kernels
import Testing

struct MixPairTests {
    @Test func mixedPairKeepsItsSum() throws {
        var first: [Float] = [1, 2, 3]
        var second: [Float] = [5, 0, -1]
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                guard let one = first.baseAddress, let other = second.baseAddress else { return }
                mixPair(one, other, count: 3, share: 0.75)
            }
        }
        #expect(first == [2, 1.5, 2])
        #expect(second == [4, 0.5, 0])
    }
}
