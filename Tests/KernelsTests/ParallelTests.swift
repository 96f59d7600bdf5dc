import Kernels
import Testing
import _TestSupport

struct ParallelTests {
    @Test func sharesCoverAllItemsInOrder() {
        forEvery("count", [0, 1, 2, 3, 7, 16, 17, 100]) { count in
            forEvery("grain", [1, 3, 16]) { grain in
                forEvery("threads", [1, 2, 3, 8]) { threads in
                    var end = 0
                    var sizes: [Int] = []
                    for worker in 0..<threads {
                        let share = ThreadPool.share(
                            of: count, grain: grain, worker: worker, of: threads)
                        #expect(share.lowerBound == end, "\(SweepTrace.description)")
                        #expect(
                            share.isEmpty || share.lowerBound % grain == 0,
                            "\(SweepTrace.description)")
                        end = share.upperBound
                        sizes.append((share.count + grain - 1) / grain)
                    }
                    #expect(end == count, "\(SweepTrace.description)")
                    // Even, and the first workers have what does not divide.
                    #expect(sizes == sizes.sorted(by: >), "\(SweepTrace.description)")
                    #expect(sizes[0] - sizes[threads - 1] <= 1, "\(SweepTrace.description)")
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 5])
    func everyItemIsHandledOnceInEveryRound(threads: Int) {
        let pool = ThreadPool(threadCount: threads)
        var visits = [Int](repeating: 0, count: 101)
        var workers = [Int](repeating: -1, count: 101)
        let rounds = 2000
        visits.withUnsafeMutableBufferPointer { visits in
            workers.withUnsafeMutableBufferPointer { workers in
                for round in 0..<rounds {
                    let count = round % 102
                    pool.split(count, with: (visits, workers)) { context, worker, range in
                        for item in range {
                            context.0[item] += 1
                            context.1[item] = worker
                        }
                    }
                }
            }
        }
        for item in visits.indices {
            let expected = (0..<rounds).count { $0 % 102 > item }
            #expect(visits[item] == expected)
        }
        // The last round that reaches item 100 divides 101 items.
        let shares = (0..<threads).map { ThreadPool.share(of: 101, worker: $0, of: threads) }
        #expect(workers[100] == shares.firstIndex { $0.contains(100) })
    }

    @Test func closuresWithCapturesWorkToo() {
        let pool = ThreadPool(threadCount: 3)
        var squares = [Int](repeating: 0, count: 50)
        squares.withUnsafeMutableBufferPointer { squares in
            pool.split(50, grain: 4) { _, range in
                for item in range { squares[item] = item * item }
            }
        }
        #expect(squares == (0..<50).map { $0 * $0 })
    }

    /// Pools do not share workers, so a loop of one may run inside a loop of another.
    @Test func poolsNest() {
        let outer = ThreadPool(threadCount: 2)
        var sums = [Int](repeating: 0, count: 4)
        sums.withUnsafeMutableBufferPointer { sums in
            outer.split(4) { _, range in
                let inner = ThreadPool(threadCount: 2)
                for item in range {
                    var parts = [0, 0]
                    parts.withUnsafeMutableBufferPointer { parts in
                        inner.split(10) { worker, range in parts[worker] += range.reduce(0, +) }
                    }
                    sums[item] = parts[0] + parts[1]
                }
            }
        }
        #expect(sums == [45, 45, 45, 45])
    }

    @Test func callersOfDifferentPoolsDoNotWaitForEachOther() async {
        let totals = await withTaskGroup(of: Int.self) { group in
            for task in 1...4 {
                group.addTask {
                    let pool = ThreadPool(threadCount: 2)
                    var total = [0, 0]
                    total.withUnsafeMutableBufferPointer { total in
                        for _ in 0..<200 {
                            pool.split(10) { worker, range in
                                total[worker] += task * range.count
                            }
                        }
                    }
                    return total[0] + total[1]
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(totals.sorted() == [2000, 4000, 6000, 8000])
    }
}
