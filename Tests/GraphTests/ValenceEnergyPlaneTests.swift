import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@testable import Graph

@Suite struct ValenceEnergyPlaneTests {
    /// Values with many repetitions, as lists have them.
    private static func values(_ count: Int, seed: UInt64) -> [Double] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in
            pow(Double.random(in: 0...1, using: &random), 3).rounded(to: 200)
        }
    }

    @Test("a percentile is the share of smaller values and half of the same ones")
    func percentiles() {
        let (valence, energy) = (Self.values(500, seed: 1), Self.values(500, seed: 2))
        let plane = ValenceEnergyPlane(valence: valence, energy: energy)
        func rank(_ value: Double, among values: [Double]) -> Float {
            let (below, same) = (values.count { $0 < value }, values.count { $0 == value })
            return Float((Double(below) + Double(same) / 2) / Double(values.count))
        }
        for row in 0..<500 {
            #expect(
                plane[row]
                    == [rank(valence[row], among: valence), rank(energy[row], among: energy)])
        }
    }

    @Test("a rectangle holds the songs that a look at all finds")
    func rectangles() {
        let plane = ValenceEnergyPlane(
            valence: Self.values(2000, seed: 3), energy: Self.values(2000, seed: 4))
        var random = RandomSource(seed: 5)
        for _ in 0..<200 {
            let corners = (0..<4).map { _ in Float.random(in: -0.2...1.2, using: &random) }
            let (low, high) = (SIMD2(corners[0], corners[1]), SIMD2(corners[2], corners[3]))
            let expected = (0..<2000).filter { row in
                let place = plane[row]
                return all(place .>= low) && all(place .<= high)
            }
            #expect(plane.rows(from: low, through: high) == expected, "\(low) to \(high)")
        }
        #expect(plane.rows(from: [0, 0], through: [1, 1]) == Array(0..<2000))
    }

    @Test("edges belong to a rectangle, those of the plane too")
    func edges() {
        let plane = ValenceEnergyPlane(valence: [0, 1, 2, 3], energy: [3, 2, 1, 0])
        #expect(plane[0] == [0.125, 0.875])
        #expect(plane.rows(from: [0.125, 0.625], through: [0.375, 0.875]) == [0, 1])
        #expect(plane.rows(from: [0.2, 0.2], through: [0.1, 0.1]) == [])
        #expect(plane.rows(from: [1.5, 0], through: [2, 1]) == [])
        let one = ValenceEnergyPlane(valence: [7], energy: [-3])
        #expect(one[0] == [0.5, 0.5] && one.rows(from: [0.5, 0.5], through: [0.5, 0.5]) == [0])
    }

    @Test("a damaged file names no songs that there are not")
    func damagedRows() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "plane")
            for row in [UInt32(1), 2, .max] {
                let places = [SIMD2<Float>](repeating: [0.5, 0.5], count: 2)
                let starts = [UInt32(0)] + [UInt32](repeating: 1, count: 128 * 128)
                try ArrayFile.write(
                    [
                        .init("percentiles", StoredArray(places)),
                        .init("cell starts", StoredArray(starts)),
                        .init("cell rows", StoredArray([row])),
                    ], kind: "plane", version: 1, to: url)
                let file = try ArrayFile(contentsOf: url, kind: "plane", version: 1)
                if row < 2 {
                    _ = try ValenceEnergyPlane(in: file)
                } else {
                    #expect(throws: FileError.self) { try ValenceEnergyPlane(in: file) }
                }
            }
        }
    }

    @Test("songs without a valence or an energy lie nowhere")
    func missing() {
        let plane = ValenceEnergyPlane(valence: [0.1, .nan, 0.3], energy: [0.5, 0.5, .nan])
        #expect(plane.rows(from: [0, 0], through: [1, 1]) == [0])
        #expect(plane[1].x.isNaN && plane[1].y.isNaN && plane[2].x.isNaN)
        #expect(
            ValenceEnergyPlane(valence: [], energy: []).rows(from: [0, 0], through: [1, 1]) == [])
    }
}

extension Double {
    fileprivate func rounded(to steps: Double) -> Double { (self * steps).rounded() / steps }
}
