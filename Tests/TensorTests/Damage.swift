import Files
import Tensor
import Testing

/// Reads a file again and again with some bytes changed, inserted or removed.
///
/// Each time it must be read or refused with a `FileError`. A trap would end the test run.
func damage(_ bytes: [UInt8], rounds: Int, read: ([UInt8]) throws -> Void) {
    var source = RandomSource(seed: 11)
    var refused = 0
    for _ in 0..<rounds {
        var copy = bytes
        for _ in 0...source.integer(below: 3) {
            let place = source.integer(below: copy.count)
            switch source.integer(below: 4) {
            case 0: copy[place] ^= 1 << UInt8(source.integer(below: 8))
            case 1: copy[place] = UInt8(source.integer(below: 256))
            case 2: copy.insert(UInt8(source.integer(below: 256)), at: place)
            default: copy.remove(at: place)
            }
        }
        do {
            try read(copy)
        } catch is FileError {
            refused += 1
        } catch {
            Issue.record("\(error) is not a FileError")
        }
    }
    #expect(refused > rounds / 10)
}
