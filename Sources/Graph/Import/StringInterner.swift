/// Texts, each once, with the numbers in which they came: a hash table over one piece of bytes.
///
/// A dictionary of a million short strings takes twice the memory.
struct StringInterner {
    private var bytes: [UInt8] = []
    /// Where each text ends.
    private var ends: [Int] = []
    /// The number of the text whose hash leads here, or of one before it, plus 1; 0 for a free place.
    private var slots = [UInt32](repeating: 0, count: 64)

    /// How many texts there are.
    var count: Int { ends.count }

    /// The number of a text, which is added if it is not there.
    mutating func number(of text: UnsafeRawBufferPointer) -> Int {
        var slot = slot(of: text)
        while slots[slot] > 0 {
            let number = Int(slots[slot] - 1)
            if isEqual(number, text) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = UInt32(count)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// A text by its number.
    subscript(number: Int) -> String { String(decoding: bytes[range(of: number)], as: UTF8.self) }

    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    private func isEqual(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let range = range(of: number)
        guard range.count == text.count else { return false }
        return bytes.withUnsafeBytes {
            UnsafeRawBufferPointer(rebasing: $0[range]).elementsEqual(text)
        }
    }

    private func slot(of text: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: text)
        return hasher.finalize() & (slots.count - 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for number in 0..<count {
            var slot = bytes.withUnsafeBytes {
                self.slot(of: UnsafeRawBufferPointer(rebasing: $0[range(of: number)]))
            }
            while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }
}
