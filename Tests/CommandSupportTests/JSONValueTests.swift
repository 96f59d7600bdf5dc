import Foundation
import Testing

@testable import CommandSupport

@Suite("JSON lines")
struct JSONValueTests {
    @Test("members keep their order, on one line")
    func order() {
        let value: JSONValue = [
            "epochs": 5, "accuracy": 0.25, "weights": "best", "done": true, "rest": [1, [], [:]],
            "nothing": .null,
        ]
        #expect(
            value.description
                == #"{"epochs":5,"accuracy":0.25,"weights":"best","done":true,"rest":[1,[],{}],"#
                + #""nothing":null}"#)
    }

    @Test("numbers that are not finite are null", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(number: Double) {
        #expect(JSONValue.number(number).description == "null")
        #expect(JSONValue.number(Float(number)).description == "null")
    }

    @Test("a Float keeps its digits")
    func float() {
        #expect(JSONValue.number(Float(0.1)).description == "0.1")
        #expect(JSONValue.number(0.1).description == "0.1")
    }

    @Test(
        "texts and numbers come back from Foundation's reader",
        arguments: [
            "", "a \"b\" \\ c", "line\nline\r\t", "\u{0}\u{1F}\u{7F}\u{2028}", "æøå 😀 e\u{301}",
        ])
    func escapes(text: String) throws {
        let numbers: [Double] = [0, -0.5, 1e300, 1e-300, 123_456_789.125]
        let value: JSONValue = [text: .array(numbers.map { .number($0) }), "text": .string(text)]
        let line = value.description
        #expect(!line.contains { $0.isNewline })
        let read = try JSONSerialization.jsonObject(with: Data(line.utf8))
        let object = try #require(read as? [String: Any])
        #expect(object["text"] as? String == text)
        #expect(object[text] as? [Double] == numbers)
    }

    @Test("a member can be replaced, appended and removed")
    func members() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        object["d"] = nil
        #expect(object.description == #"{"a":3,"c":4}"#)
        #expect(object["c"] == 4)
        #expect(object["b"] == nil)
    }
}
