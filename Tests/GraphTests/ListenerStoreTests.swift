import Files
import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct ListenerStoreTests {
    private static let said = [
        Feedback(trackID: "a", kind: .like, time: 3), Feedback(trackID: "b", kind: .skip, time: 1),
        Feedback(trackID: "a", kind: .play, time: 3),
    ]

    private func withStores(_ body: (ListenerStore) throws -> Void) throws {
        try body(ListenerStore(at: nil))
        try withTemporaryFolder { folder in
            try body(ListenerStore(at: folder.appending(path: "listeners.sqlite")))
        }
    }

    @Test func feedbackComesBackInOrderOfTime() throws {
        try withStores { store in
            #expect(try store.feedback(of: "Ana") == [])
            for feedback in Self.said { try store.add(feedback, of: "Ana") }
            try store.add(Self.said[0], of: "Zoë's \"friend\"")
            #expect(try store.feedback(of: "Ana") == [1, 0, 2].map { Self.said[$0] })
            #expect(try store.listeners() == ["Ana", "Zoë's \"friend\""])
            try store.verify()
        }
    }

    @Test func forgets() throws {
        try withStores { store in
            #expect(try store.forget("Ana") == false)
            for feedback in Self.said { try store.add(feedback, of: "Ana") }
            try store.add(Self.said[0], of: "Ben")
            #expect(try store.forget("Ana"))
            #expect(try store.forget("Ana") == false)
            #expect(try store.feedback(of: "Ana") == [])
            #expect(try store.listeners() == ["Ben"])
        }
    }

    @Test("of who is forgotten nothing is left in the file")
    func overwrites() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "listeners.sqlite")
            let store = ListenerStore(at: url)
            for index in 0..<500 {
                try store.add(
                    Feedback(trackID: "secret\(index)", kind: .like, time: 1), of: "Anastasia")
            }
            func holds(_ text: String) throws -> Bool {
                try Data(contentsOf: url).range(of: Data(text.utf8)) != nil
            }
            #expect(try holds("Anastasia"))
            #expect(try holds("secret123"))
            try store.forget("Anastasia")
            #expect(try holds("Anastasia") == false)
            #expect(try holds("secret") == false)
        }
    }

    @Test("reading makes no file")
    func readingLeavesNoTrace() throws {
        try withTemporaryFolder { folder throws in
            let url = folder.appending(path: "listeners.sqlite")
            let store = ListenerStore(at: url)
            #expect(try store.feedback(of: "Ana") == [])
            #expect(try store.listeners() == [])
            #expect(try store.forget("Ana") == false)
            #expect(!FileManager.default.fileExists(atPath: url.path))
        }
    }

    @Test("two stores on one file see each other's feedback")
    func shared() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "listeners.sqlite")
            let (one, other) = (ListenerStore(at: url), ListenerStore(at: url))
            try one.add(Self.said[0], of: "Ana")
            try other.add(Self.said[1], of: "Ana")
            #expect(try one.feedback(of: "Ana").count == 2)
        }
    }

    @Test("a file that is no store is refused")
    func damaged() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "listeners.sqlite")
            try Data(repeating: 0x41, count: 5000).write(to: url)
            let error = #expect(throws: FileError.self) {
                try ListenerStore(at: url).add(Self.said[0], of: "Ana")
            }
            #expect(error?.code == .damaged)
        }
    }
}
