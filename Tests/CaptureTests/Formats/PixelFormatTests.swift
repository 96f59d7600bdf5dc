import Capture
import Testing

struct PixelFormatTests {
    @Test func codesAreLittleEndian() {
        #expect(PixelFormat.yuyv.code == 0x5659_5559)
        #expect(PixelFormat("YUYV") == .yuyv)
        #expect(PixelFormat("MJPG") == .mjpg)
    }

    @Test(arguments: ["YUYV", "Y10", "Y16-BE", "A", "BGR3"])
    func descriptionIsTheText(text: String) throws {
        #expect(try #require(PixelFormat(text)).description == text)
    }

    @Test(arguments: ["", "YUYVX", "Y\u{7}", "ÄÖ", "-BE"])
    func refusesOtherText(text: String) {
        #expect(PixelFormat(text) == nil)
    }

    @Test func showsBytesThatAreNoCharacters() {
        #expect(PixelFormat(code: 0x0041_FF00).description == "??A?")
        #expect(PixelFormat(code: 0).description == "????")
    }

    @Test func namesWhatIsKnown() {
        #expect(PixelFormat.mjpg.name == "motion JPEG")
        #expect(PixelFormat(code: 1).name == nil)
    }
}
