import Foundation
import Graph
import Imaging
import Testing
import Valence

@Suite struct SongRecommenderTests {
    private func place(_ song: Recommendation, in library: SongLibrary) -> SIMD2<Double> {
        SIMD2(library.features.percentiles(of: song.row))
    }

    private func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        ((a - b) * (a - b)).sum().squareRoot()
    }

    @Test(arguments: Expression.allCases)
    func matchingSongsLieNearTheMood(emotion: Imaging.Expression) throws {
        let library = try DrawnSongs.library()
        var wish = Wish(emotion)
        wish.mode = .match
        let songs = try SongRecommender(library).songs(for: wish)
        #expect(songs.count == 10)
        #expect(Set(songs.map(\.row)).count == 10)
        let target = MoodTarget(emotion).point
        for song in songs {
            #expect(distance(place(song, in: library), target) < 0.25)
            #expect(song.score > 0 && song.score <= 1)
            #expect(song.song.id == "song-\(song.row)")
            guard case .mood(emotion, _) = song.reasons.last else {
                Issue.record("\(song.reasons)")
                continue
            }
        }
    }

    @Test(arguments: [Expression.sad, .angry, .fear])
    func liftingLeadsUpward(emotion: Imaging.Expression) throws {
        let library = try DrawnSongs.library(2000)
        let songs = try SongRecommender(library).songs(for: Wish(emotion))
        #expect(songs.count == 10)
        let places = songs.map { place($0, in: library) }
        #expect(distance(places[0], MoodTarget(emotion).point) < 0.2)
        #expect(distance(places[9], MoodTarget.better) < 0.2)
        for (last, next) in zip(places, places.dropFirst()) {
            #expect(next.x > last.x - 0.05)
            #expect(distance(last, next) < 0.3)
        }
        guard case .step(3, of: 10, from: emotion, _) = songs[2].reasons.first else {
            Issue.record("\(songs[2].reasons)")
            return
        }
    }

    @Test("an artist comes twice only where there are no others")
    func artists() throws {
        let alone = try DrawnSongs.library(perArtist: 800)
        for mode in MoodMode.allCases {
            var wish = Wish(.happy)
            wish.mode = mode
            let songs = try SongRecommender(alone).songs(for: wish)
            #expect(songs.count == 10 && Set(songs.map(\.row)).count == 10, "\(mode)")
        }
        let library = try DrawnSongs.library(perArtist: 40)
        for mode in MoodMode.allCases {
            var wish = Wish(.happy)
            wish.mode = mode
            let songs = try SongRecommender(library).songs(for: wish)
            #expect(Set(songs.flatMap(\.song.artists)).count > 5, "\(mode)")
            #expect(songs.count == 10, "\(mode)")
        }
    }

    @Test func theSameWishGetsTheSameSongs() throws {
        let library = try DrawnSongs.library()
        let again = try DrawnSongs.library()
        for emotion in Expression.allCases {
            let songs = try SongRecommender(library).songs(for: Wish(emotion))
            #expect(try SongRecommender(again).songs(for: Wish(emotion)) == songs)
        }
        var other = Wish(.happy)
        other.seed = 1
        let rows = try SongRecommender(library).songs(for: other).map(\.row)
        #expect(try SongRecommender(library).songs(for: Wish(.happy)).map(\.row) != rows)
    }

    @Test func feedbackMovesTheRanking() throws {
        let library = try DrawnSongs.library()
        let recommender = try SongRecommender(library)
        var wish = Wish(.happy)
        let before = try recommender.songs(for: wish)
        wish.listener = "anna"
        #expect(try recommender.songs(for: wish) == before)

        let skipped = before[0].song.id
        try library.listeners.add(Feedback(trackID: skipped, kind: .skip, time: 1), of: "anna")
        let afterSkip = try recommender.songs(for: wish)
        #expect(!afterSkip.contains { $0.song.id == skipped })

        let liked = before[5].song.id
        try library.listeners.add(Feedback(trackID: liked, kind: .like, time: 2), of: "anna")
        let afterLike = try recommender.songs(for: wish)
        // Songs next to the liked one rise.
        let neighbors = try #require(library.graph).neighbors(of: before[5].row).map(\.row)
        let count = { (songs: [Recommendation]) in
            songs.filter { neighbors.contains($0.row) }.count
        }
        #expect(count(afterLike) > count(afterSkip))
        #expect(
            afterLike.contains { song in
                song.reasons.contains {
                    if case .likesNeighbor(let friend, _) = $0 { friend.id == liked } else { false }
                }
            })
        // Others are as before.
        wish.listener = "bert"
        #expect(try recommender.songs(for: wish) == before)
    }

    @Test func songsLikeOthersAreTheirNeighbors() throws {
        let library = try DrawnSongs.library()
        let graph = try #require(library.graph)
        let songs = try SongRecommender(library).songs(for: Wish(likes: ["song-7"]))
        let neighbors = Set(graph.neighbors(of: 7).map(\.row))
        #expect(songs.count == 10)
        #expect(!songs.contains { $0.row == 7 })
        #expect(songs.filter { neighbors.contains($0.row) }.count >= 5)
        for song in songs where neighbors.contains(song.row) {
            guard case .likesNeighbor(let liked, _) = song.reasons.first else {
                Issue.record("\(song.reasons)")
                continue
            }
            #expect(liked.id == "song-7")
        }
    }

    @Test func smallLibrariesGiveWhatTheyHave() throws {
        for count in [1, 2, 5] {
            let library = try DrawnSongs.library(count, perArtist: 1)
            let recommender = try SongRecommender(library)
            for emotion in Expression.allCases {
                let songs = try recommender.songs(for: Wish(emotion))
                #expect(songs.count <= count)
                #expect(Set(songs.map(\.row)).count == songs.count)
            }
        }
    }

    @Test func errors() throws {
        let library = try DrawnSongs.library(20)
        #expect(throws: RecommendationError.unknownTrack("nobody's")) {
            try SongRecommender(library).songs(for: Wish(likes: ["nobody's"]))
        }
        let bare = try SongLibrary([(Song(id: "a", title: "A", artists: ["B"]), AudioFeatures())])
        #expect(throws: RecommendationError.noGraph) { try SongRecommender(bare) }
    }
}
