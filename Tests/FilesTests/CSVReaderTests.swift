import Foundation
import Testing
import _TestSupport

@testable import Files

struct CSVReaderTests {
    @Test(
        "Line ends, blank lines, a byte-order mark and a missing last line end do not matter",
        arguments: [
            "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
            "\u{FEFF}a,b\n1,2\n3,4\n\n", " a , b \n\n1,2\n\r\n3,4", "\"a\",\"b\"\n\"1\",2\n3,\"4\"",
        ])
    func readsTheSame(text: String) throws {
        var reader = try reader(text)
        #expect(reader.header == ["a", "b"])
        #expect(try rows(&reader) == [["1", "2"], ["3", "4"]])
    }

    @Test(arguments: [
        ("\"x,y\",2", ["x,y", "2"]),
        ("\"two\nlines\",2", ["two\nlines", "2"]),
        ("\"two\r\nlines\",2", ["two\r\nlines", "2"]),
        ("\"say \"\"hi\"\"\",2", ["say \"hi\"", "2"]),
        ("\"\",", ["", ""]),
        ("1,,3", ["1", "", "3"]),
        (" spaces ,kept ", [" spaces ", "kept "]),
        ("5\" disc,2", ["5\" disc", "2"]),
        ("Beyoncé,\"ñ\"", ["Beyoncé", "ñ"]),
        ("only", ["only"]),
    ])
    func fields(line: String, expected: [String]) throws {
        var reader = try reader("a,b\n\(line)\nnext,row")
        #expect(try rows(&reader) == [expected, ["next", "row"]])
    }

    @Test func countsRowsAsSpreadsheetsDo() throws {
        var reader = try reader("a\n\"two\nlines\"\n\nlast\n")
        #expect(try reader.next()?.number == 2)
        let last = try #require(try reader.next())
        #expect(last.number == 4)
        #expect(reader.place(of: last) == "test.csv, row 4")
        #expect(try reader.next() == nil)
    }

    @Test func findsColumnsByTrimmedName() throws {
        let reader = try reader("emotion, Usage, pixels\n")
        #expect(reader.column("pixels") == 2)
        #expect(reader.column("Usage") == 1)
        #expect(reader.column(" Usage") == nil)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func namesTheRowOfAnOpenQuoteAndGoesOn(lineEnd: String) throws {
        let text = "a,b\n1,2\n3,\"4\n5,6\n\"7\n8\",9\nx,\"y\"\"".replacing("\n", with: lineEnd)
        var reader = try reader(text)
        #expect(try rows(&reader, upTo: 1) == [["1", "2"]])
        // The next quote is followed by text: it begins a field of its own.
        let error = #expect(throws: FileError.self) { try reader.next() }
        #expect(error?.description == "test.csv, row 3: has a quote that is never closed.")
        #expect(try rows(&reader, upTo: 2) == [["5", "6"], ["7\(lineEnd)8", "9"]])
        let last = #expect(throws: FileError.self) { try reader.next() }
        #expect(last?.location == "test.csv, row 6")
        #expect(try reader.next() == nil)

        var other = try self.reader("a,b\n3,\"4\n5,6\n7,8".replacing("\n", with: lineEnd))
        #expect(throws: FileError.self) { try other.next() }
        #expect(try rows(&other) == [["5", "6"], ["7", "8"]])
    }

    @Test("a quote is closed within 131,072 bytes, or never")
    func quoteLimit() throws {
        let longest = String(repeating: "x\n", count: 65_535)
        var reader = try reader("a\n\"\(longest)\"\nnext")
        #expect(try rows(&reader) == [[longest], ["next"]])
        var other = try self.reader("a\n\"\(longest)x\"\nnext")
        #expect(throws: FileError.self) { try other.next() }
        #expect(try rows(&other, upTo: 2) == [["x"], ["x"]])
    }

    @Test("open quotes without end are read in one pass")
    func openQuotes() throws {
        // In quadratic time this would take hours.
        var reader = try reader("a\n" + String(repeating: "x\",\",\n", count: 100_000))
        var open = 0
        while true {
            do throws(FileError) {
                guard try reader.next() != nil else { break }
            } catch {
                open += 1
            }
        }
        #expect(open == 100_000)
    }

    @Test("a row that goes on behind the limit is cut, wherever the limit is")
    func limits() {
        let text = Array("a,\"b\"\"\n\"\r\nc,d\r\ne,f".utf8)
        text.withUnsafeBytes { bytes in
            for limit in 0...bytes.count {
                var scanner = CSVScanner(from: CSVScanner.Place(0), upTo: limit)
                var rows = 0
                var outcome = scanner.next(in: bytes)
                while outcome == .row {
                    rows += 1
                    outcome = scanner.next(in: bytes)
                }
                let isWhole = limit == bytes.count
                #expect(rows == (isWhole ? 3 : limit >= 15 ? 2 : limit >= 10 ? 1 : 0), "\(limit)")
                #expect(
                    outcome == (isWhole || [0, 10, 15].contains(limit) ? .end : .cut), "\(limit)")
            }
        }
    }

    @Test(arguments: ["", "\u{FEFF}", "\n\r\n"])
    func refusesAnEmptyFile(text: String) {
        let error = #expect(throws: FileError.self) { try reader(text) }
        #expect(error?.code == .damaged)
    }

    @Test func readsAFile() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("songs.csv", Array("title\nYesterday\n".utf8))
            var reader = try CSVReader(contentsOf: folder.appending(path: "songs.csv"))
            #expect(try rows(&reader) == [["Yesterday"]])
        }
    }

    private func reader(_ text: String) throws -> CSVReader {
        try CSVReader(bytes: Array(text.utf8), name: "test.csv")
    }

    private func rows(
        _ reader: inout CSVReader, upTo limit: Int = .max
    ) throws -> [[String]] {
        var rows: [[String]] = []
        while rows.count < limit, let row = try reader.next() {
            rows.append((0..<row.count).map { row[$0] })
        }
        return rows
    }
}
