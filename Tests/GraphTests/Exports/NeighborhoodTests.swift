import Testing

@testable import Graph

@Suite struct NeighborhoodTests {
    /// The greatest product of similarities along a path of at most that many edges, song by song.
    private func closeness(in graph: SongGraph, from center: Int, hops: Int) -> [Int: Int] {
        var hopCount = [center: 0]
        var border = [center]
        for hop in 1...hops {
            border = Set(border.flatMap { graph.neighbors(of: $0).map(\.row) })
                .filter { hopCount[$0] == nil }
            for row in border { hopCount[row] = hop }
        }
        return hopCount
    }

    @Test(arguments: [1, 2, 3])
    func hasAllSongsWithinTheHops(hops: Int) throws {
        let graph = try #require(try KnownSongs.knowledge().library.graph)
        let around = Neighborhood(of: 13, in: graph, hops: hops, limit: .max)
        let expected = closeness(in: graph, from: 13, hops: hops)
        #expect(around.center == 13 && around.leftOut == 0)
        #expect(around.members.count == expected.count)
        for member in around.members { #expect(expected[member.row] == member.hops) }
        #expect(
            around.members.map(\.closeness) == around.members.map(\.closeness).sorted(by: >))
    }

    @Test("of too many songs the closest are kept, each with a way to the center")
    func limit() throws {
        let graph = try #require(try KnownSongs.knowledge().library.graph)
        let all = Neighborhood(of: 13, in: graph, hops: 3, limit: .max)
        for limit in [1, 2, 5, 20] {
            let around = Neighborhood(of: 13, in: graph, hops: 3, limit: limit)
            #expect(around.members == Array(all.members.prefix(limit)))
            #expect(around.leftOut == all.members.count - limit)
            let rows = Set(around.members.map(\.row))
            for member in around.members.dropFirst() {
                #expect(
                    graph.neighbors(of: member.row).contains { neighbor in
                        around.members.contains {
                            $0.row == neighbor.row && $0.hops == member.hops - 1
                        } && rows.contains(neighbor.row)
                    })
            }
        }
    }
}
