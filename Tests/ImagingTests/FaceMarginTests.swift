import Imaging
import Testing

struct FaceMarginTests {
    @Test func cropsAroundTheMiddle() {
        let box = Rectangle(x: 10, y: 20, width: 40, height: 60)
        let crop = FaceMargin(scale: 1.5, down: -0.25).crop(around: box)
        #expect(crop == Rectangle(x: 0, y: -10, width: 60, height: 90))
        #expect(FaceMargin(scale: 1).crop(around: box) == box)
    }

    @Test func onlyOneCascadeNeedsAnother() {
        #expect(
            FaceMargin(aroundBoxesOf: "lbpcascade_frontalface_improved.xml") == .aroundLBP)
        #expect(FaceMargin(aroundBoxesOf: "haarcascade_frontalface_alt2.xml") == nil)
    }
}
