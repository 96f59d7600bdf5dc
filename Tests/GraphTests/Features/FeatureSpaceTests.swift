import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct FeatureSpaceTests {
    private static func songs(_ feature: AudioFeature, _ values: [Double]) -> SongFeatures {
        SongFeatures(
            values.map { value in
                var song = AudioFeatures()
                song[feature] = value
                return song
            })
    }

    @Test func rawIsWhatTheListGives() throws {
        let features = SongFeatures.example(30)
        let space = try FeatureSpace(FeatureRecipe(.raw), fitting: features)
        #expect(space.dimensionCount == 11)
        for row in 0..<features.count {
            #expect(
                space.vector(of: features[row])
                    == AudioFeature.eleven.map { features[row, $0] })
        }
    }

    @Test func standardizedHasMeanZeroAndVarianceOne() throws {
        let features = SongFeatures.example(200)
        let space = try FeatureSpace(FeatureRecipe(.standardized), fitting: features)
        let matrix = space.matrix(of: features, threads: 2)
        #expect(matrix.dimensionCount == 11 && matrix.count == 200)
        for column in 0..<11 {
            let values = (0..<200).map { matrix[$0][column] }
            let mean = values.reduce(0, +) / 200
            #expect(abs(mean) < 1e-12)
            #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 200 - 1) < 1e-12)
            let feature = Array(AudioFeature.eleven)[column]
            let (low, high) = (features[3, feature], features[4, feature])
            #expect((low < high) == (values[3] < values[4]) || low == high)
        }
    }

    @Test func matrixHoldsTheVectorsOfTheSongs() throws {
        let features = SongFeatures.example(100)
        for set in FeatureSet.allCases {
            for normalization in FeatureRecipe.Normalization.allCases {
                let space = try FeatureSpace(
                    FeatureRecipe(set, normalization: normalization), fitting: features)
                let matrix = space.matrix(of: features, threads: 3)
                for row in 0..<features.count {
                    #expect(matrix[row] == space.vector(of: features[row]))
                }
            }
        }
    }

    @Test func ranksSpreadEvenly() throws {
        let features = Self.songs(.energy, [5, 1, 2, 3, 100])
        let space = try FeatureSpace(
            FeatureRecipe(.standardized, normalization: .rank), fitting: features)
        let ranks = (0..<5).map { space.vector(of: features[$0])[0] / 12.0.squareRoot() + 0.5 }
        #expect(zip(ranks, [0.75, 0, 0.25, 0.5, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
        var song = AudioFeatures()
        for (value, rank) in [(-7.0, 0.0), (1e9, 1), (4, 0.625)] {
            song[.energy] = value
            let found = space.vector(of: song)[0] / 12.0.squareRoot() + 0.5
            #expect(abs(found - rank) < 1e-12)
        }
    }

    @Test func equalValuesHaveTheMiddleRank() {
        #expect(FeatureDimension.rank(of: 0, among: [0, 0, 0, 0, 1]) == 0.375)
        #expect(FeatureDimension.rank(of: 2, among: [2]) == 0)
    }

    @Test func missingFeaturesTakeTheMeanOrAreLeftOut() throws {
        let features = Self.songs(.energy, [1, .nan, 3, .infinity])
        let space = try FeatureSpace(FeatureRecipe(.raw), fitting: features)
        #expect(space.features == [.energy])
        #expect((0..<4).map { space.vector(of: features[$0]) } == [[1], [2], [3], [2]])
        let standardized = try FeatureSpace(FeatureRecipe(.standardized), fitting: features)
        #expect(
            (0..<4).map { standardized.vector(of: features[$0]) } == [[-1], [0], [1], [0]])
        #expect(throws: GraphError.noFeatures) {
            try FeatureSpace(FeatureRecipe(), fitting: SongFeatures([AudioFeatures()]))
        }
    }

    @Test func constantFeaturesTellNothing() throws {
        let features = Self.songs(.energy, [0.1, 0.1, 0.1])
        let space = try FeatureSpace(FeatureRecipe(.standardized), fitting: features)
        #expect(space.vector(of: features[0]) == [0])
    }

    @Test func weightsScaleAndLeaveOut() throws {
        let features = SongFeatures.example(50)
        let plain = try FeatureSpace(FeatureRecipe(.balanced), fitting: features)
        let weighted = try FeatureSpace(
            FeatureRecipe(.balanced, weights: [.valence: 2.5, .mode: 0]), fitting: features)
        #expect(!weighted.features.contains(.mode) && plain.features.contains(.mode))
        #expect(
            weighted.vector(of: features[0])[0] == 2 * plain.vector(of: features[0])[0],
            "the default weight of valence is 1.25")
    }

    @Test func keysThatShareTheirNotesAreNear() throws {
        let features = Self.songs(.key, [0, 7, 1, 6, 11])
        let space = try FeatureSpace(FeatureRecipe(.balanced), fitting: features)
        func distance(_ a: Int, _ b: Int) -> Double {
            Oracle.distance(space.vector(of: features[a]), space.vector(of: features[b]))
        }
        #expect(distance(0, 1) < distance(0, 2), "C is nearer to G than to C sharp")
        #expect(abs(distance(0, 3) - 1) < 1e-12, "the weight is half, the circle's diameter 2")
        #expect(abs(distance(3, 4) - distance(0, 1)) < 1e-12)
    }

    @Test func twiceTheTempoIsTheSame() throws {
        let features = Self.songs(.tempo, [70, 140, 100, 0])
        let space = try FeatureSpace(FeatureRecipe(.balanced), fitting: features)
        let vectors = (0..<4).map { space.vector(of: features[$0]) }
        #expect(Oracle.distance(vectors[0], vectors[1]) < 1e-12)
        #expect(Oracle.distance(vectors[0], vectors[2]) > 0.5)
        #expect(vectors[3] == [0, 0], "no tempo found")
    }

    @Test("features that a list has standardized already are used as they stand")
    func standardizedLists() throws {
        for feature in [AudioFeature.tempo, .key, .loudness, .duration, .speechiness] {
            let features = Self.songs(feature, [-1.5, -0.5, 0.25, 1.75])
            let space = try FeatureSpace(FeatureRecipe(.balanced), fitting: features)
            #expect(space.dimensionCount == 1)
            let column = (0..<4).map { space.vector(of: features[$0])[0] }
            #expect(column == column.sorted() && Set(column).count == 4)
        }
    }

    @Test func comesBackFromJSON() throws {
        let space = try FeatureSpace(
            FeatureRecipe(.balanced, normalization: .rank, weights: [.energy: 2, .key: 0.1]),
            fitting: .example(300))
        let data = try JSONEncoder().encode(space)
        #expect(try JSONDecoder().decode(FeatureSpace.self, from: data) == space)
    }
}
