import Tensor
import Testing

@testable import Kernels

struct SelectionTests {
    @Test("the smallest keys come first, in any order", arguments: [1, 2, 3, 32, 33, 500])
    func smallestComeFirst(count: Int) {
        var random = RandomSource(seed: 3)
        let ascending = (0..<count).map { UInt64($0) << 32 | 7 }
        for keys in [ascending, ascending.reversed(), ascending.shuffled(using: &random)] {
            for rank in Set([0, 1, count / 3, count - 1, count]) {
                var selected = keys
                selected.withUnsafeMutableBufferPointer { select(rank, of: $0) }
                #expect(selected[..<rank].sorted() == Array(ascending[..<rank]))
                #expect(selected.sorted() == ascending)
            }
        }
    }

    @Test func nothingToSelect() {
        var keys: [UInt64] = []
        keys.withUnsafeMutableBufferPointer { select(0, of: $0) }
        #expect(keys.isEmpty)
    }
}
