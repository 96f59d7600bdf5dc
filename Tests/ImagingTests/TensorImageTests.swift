import Imaging
import Tensor
import Testing

struct TensorImageTests {
    @Test(arguments: [1, 3])
    func roundTrip(channels: Int) {
        let picture = Image.noise(width: 5, height: 4, channels: channels)
        let tensor = Tensor(picture)
        #expect(tensor.shape == [4, 5, channels])
        #expect(tensor.elements == picture.samples.map(Float.init))
        #expect(Image(tensor) == picture)
    }

    @Test func roundsAndClamps() {
        let tensor = Tensor([-3, 0.4, 0.6, 254.4, 254.6, 300, .nan, .infinity], shape: [2, 4, 1])
        #expect(Image(tensor).samples == [0, 0, 1, 254, 255, 255, 0, 255])
    }
}
