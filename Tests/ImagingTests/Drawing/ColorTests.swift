import Imaging
import Testing

@Suite struct ColorTests {
    @Test func hexadecimalIsRedGreenBlue() {
        #expect(Color(0x123456) == Color(red: 0x12, green: 0x34, blue: 0x56))
    }

    @Test func mixingRoundsBetweenTheSamples() {
        let mixed = Color(0x000a64).mixed(with: Color(0xff0a00, opacity: 0.5), fraction: 0.5)
        #expect(mixed == Color(red: 128, green: 10, blue: 50, opacity: 0.75))
    }

    @Test func mixingNothingOrAllGivesTheEnds() {
        let blue = Color(0x0000ff)
        #expect(blue.mixed(with: .white, fraction: 0) == blue)
        #expect(blue.mixed(with: .white, fraction: 1) == .white)
    }
}
