import CNN
import Tensor
import Testing

struct SummaryTests {
    @Test func tableOfSequential() throws {
        let network = try Sequential(
            Architecture.sequential(input: [48, 48, 1], classes: 7), seed: 1)
        #expect(
            network.summary == """
                Layer      Output shape   Parameters        MACs      Bytes
                ───────────────────────────────────────────────────────────
                input      [48, 48, 1]
                conv2d_1   [46, 46, 32]          320     609,408    270,848
                relu_1     [46, 46, 32]            0           0    270,848
                conv2d_2   [44, 44, 64]       18,496  35,684,352    495,616
                relu_2     [44, 44, 64]            0           0    495,616
                maxpool_1  [22, 22, 64]            0           0    123,904
                dropout_1  [22, 22, 64]            0           0    123,904
                conv2d_3   [20, 20, 128]      73,856  29,491,200    204,800
                relu_3     [20, 20, 128]           0           0    204,800
                maxpool_2  [10, 10, 128]           0           0     51,200
                conv2d_4   [8, 8, 128]       147,584   9,437,184     32,768
                relu_4     [8, 8, 128]             0           0     32,768
                maxpool_3  [4, 4, 128]             0           0      8,192
                dropout_2  [4, 4, 128]             0           0      8,192
                flatten_1  [2048]                  0           0      8,192
                dense_1    [1024]          2,098,176   2,097,152      4,096
                relu_5     [1024]                  0           0      4,096
                dropout_3  [1024]                  0           0      4,096
                dense_2    [7]                 7,175       7,168         28
                softmax_1  [7]                     0           0         28
                ───────────────────────────────────────────────────────────
                total                      2,345,607  77,326,464  2,343,992
                """)
        #expect(network.parameterCount == 2_345_607)
        #expect(network.multiplyAdds == 77_326_464)
    }

    @Test func countsGroupsAndStatistics() throws {
        let network = try Sequential(input: [5, 5, 4], seed: 1) {
            Conv2D(filters: 6, kernel: 3, groups: 2, bias: false)
            BatchNorm()
        }
        let rows = network.layerSummaries
        #expect(rows.map(\.name) == ["conv2d_1", "batchnorm_1"])
        #expect(rows.map(\.outputShape) == [[3, 3, 6], [3, 3, 6]])
        #expect(rows.map(\.parameters) == [3 * 3 * 2 * 6, 12])
        #expect(rows.map(\.multiplyAdds) == [3 * 3 * 3 * 3 * 2 * 6, 54])
        #expect(rows.map(\.bytes) == [216, 216])
    }
}
