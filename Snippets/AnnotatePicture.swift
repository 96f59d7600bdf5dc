import Foundation
import Imaging
import Tensor

var canvas = Canvas(width: 96, height: 96, background: Color(0x8090a0))
canvas.fillCircle(center: Point(x: 48, y: 50), radius: 30, with: Color(0xe8c8a0))
canvas.stroke(Rectangle(x: 16, y: 18, width: 64, height: 64), with: .white, width: 2)
canvas.draw("happy", at: Point(x: 16, y: 14), style: TextStyle(size: 14, color: .white))

let file = FileManager.default.temporaryDirectory.appending(path: "face.png")
try canvas.image.write(to: file)

let picture = try Image(contentsOf: file)
let input = picture.grayscale().resized(height: 48, width: 48)
print(Tensor(input).shape, Expression.names)
