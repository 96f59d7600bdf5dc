import Files
import Imaging

extension FER2013Loader {
    /// Loads the rows of `fer2013.csv` or `icml_face_data.csv`; their columns stand in different
    /// orders.
    mutating func loadRows(of reader: CSVReader) throws(FileError) {
        var reader = reader
        let columns = try FER2013Columns(of: reader)
        var atEnd = false
        while !atEnd {
            var row: CSVReader.Row?
            do throws(FileError) {
                row = try reader.next()
                atEnd = row == nil
            } catch {
                try add { () throws(FileError) in throw error }
            }
            guard let row else { continue }
            let place = reader.place(of: row)
            try add { () throws(FileError) in try columns.face(in: row, at: place) }
        }
    }
}

/// Where the values of a face stand in a row.
private struct FER2013Columns {
    private let emotion, usage, pixels: Int
    private let count: Int

    init(of reader: CSVReader) throws(FileError) {
        func column(_ name: String) throws(FileError) -> Int {
            if let column = reader.column(name) { return column }
            throw FileError(
                .damaged, at: reader.location,
                "has no column named \(name), only \(reader.header.joined(separator: ", ")). "
                    + "fer2013.csv and icml_face_data.csv have emotion, pixels and Usage.")
        }
        emotion = try column("emotion")
        usage = try column("Usage")
        pixels = try column("pixels")
        count = reader.header.count
    }

    func face(in row: CSVReader.Row, at place: String) throws(FileError) -> FER2013Face {
        guard row.count == count else {
            throw FileError(.damaged, at: place, "has \(row.count) fields instead of \(count).")
        }
        let code = row.trimmed(emotion)
        guard let expression = Int(code).flatMap(Expression.init(fer2013Code:)) else {
            throw FileError(
                .damaged, at: place, "the emotion is \"\(code.abbreviated)\", none of 0 to 6.")
        }
        let name = row.trimmed(usage)
        guard let split = FER2013.Split(rawValue: name) else {
            throw FileError(
                .damaged, at: place,
                "the usage is \"\(name.abbreviated)\", none of Training, PublicTest and PrivateTest."
            )
        }
        let samples = try samples(in: row.bytes(pixels), at: place)
        let image = Image(
            width: FER2013.side, height: FER2013.side, channels: 1, samples: samples)
        return FER2013Face(image: image, expression: expression, split: split)
    }

    /// Reads decimal numbers between spaces.
    private func samples(in field: ArraySlice<UInt8>, at place: String) throws(FileError) -> [UInt8]
    {
        let space = UInt8(ascii: " ")
        // Slices of a buffer, unlike those of an array, do not count references: there are 83
        // million pixels.
        let numbers = field.withUnsafeBufferPointer { buffer in
            buffer.split(separator: space).map(Self.number)
        }
        if let bad = numbers.firstIndex(of: nil) {
            let text = String(decoding: field.split(separator: space)[bad], as: UTF8.self)
            throw FileError(
                .damaged, at: place,
                "pixel \(bad + 1) is \"\(text.abbreviated)\", no number from 0 to 255.")
        }
        guard numbers.count == FER2013.side * FER2013.side else {
            throw FileError(
                .damaged, at: place,
                "has \(numbers.count) pixels instead of \(FER2013.side * FER2013.side).")
        }
        return numbers.compactMap { $0 }
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8? {
        var value = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9"), value <= 255 else {
                return nil
            }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return UInt8(exactly: value)
    }
}

extension String {
    /// The text, cut where it would fill a message.
    fileprivate var abbreviated: String { count <= 20 ? self : prefix(20) + "..." }
}
