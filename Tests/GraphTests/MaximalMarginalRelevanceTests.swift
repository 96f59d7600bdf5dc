import Graph
import Testing

@Suite struct MaximalMarginalRelevanceTests {
    /// Items on a line, alike if they are near.
    private let places = [0.0, 0.01, 0.02, 1.0, 2.0]
    private let relevances = [1.0, 0.99, 0.98, 0.6, 0.5]

    private func similarity(_ a: Int, _ b: Int) -> Double { max(0, 1 - abs(places[a] - places[b])) }

    @Test func relevanceAloneKeepsTheOrder() {
        let chosen = MaximalMarginalRelevance(balance: 1)
            .choose(3, from: relevances, similarity: similarity)
        #expect(chosen == [0, 1, 2])
    }

    @Test func noveltyBringsOthers() {
        let chosen = MaximalMarginalRelevance(balance: 0.5)
            .choose(3, from: relevances, similarity: similarity)
        #expect(chosen == [0, 3, 4])
    }

    @Test("by the definition: the greatest λ relevance - (1 - λ) similarity to one chosen before")
    func definition() {
        let mmr = MaximalMarginalRelevance(balance: 0.7)
        var expected: [Int] = []
        for _ in relevances {
            let rest = relevances.indices.filter { !expected.contains($0) }
            let merit = rest.map { item in
                0.7 * relevances[item]
                    - 0.3 * (expected.map { similarity(item, $0) }.max() ?? 0)
            }
            expected.append(rest[merit.firstIndex(of: merit.max()!)!])
        }
        #expect(mmr.choose(9, from: relevances, similarity: similarity) == expected)
    }

    @Test func whatIsExcludedNeverComes() {
        let chosen = MaximalMarginalRelevance().choose(
            5, from: relevances, similarity: similarity,
            excludes: { chosen, candidate in (chosen - candidate) % 2 == 0 })
        #expect(chosen.count == 2)
        #expect(chosen.first == 0)
    }

    @Test func equalsComeInTheirOrder() {
        let mmr = MaximalMarginalRelevance()
        #expect(mmr.choose(3, from: [1, 1, 1], similarity: { _, _ in 0 }) == [0, 1, 2])
        #expect(mmr.choose(3, from: [], similarity: { _, _ in 0 }) == [])
    }
}
