extension Oracle {
    /// The largest value of each window that lies inside the image.
    public static func maxPool(_ images: ReferenceArray, window: Window) -> ReferenceArray {
        pool(images, window: window) { $0.max() ?? .nan }
    }

    /// The mean of those values of each window that lie inside the image.
    public static func averagePool(_ images: ReferenceArray, window: Window) -> ReferenceArray {
        pool(images, window: window) { $0.reduce(0, +) / Double($0.count) }
    }

    /// How far the largest value of each window lies above the next one; infinite where there is
    /// none.
    public static func leads(_ images: ReferenceArray, window: Window) -> ReferenceArray {
        pool(images, window: window) { values in
            let sorted = values.sorted(by: >)
            return sorted.count > 1 ? sorted[0] - sorted[1] : .infinity
        }
    }

    /// The mean over all pixels, `[batch, channels]`.
    public static func globalAveragePool(_ images: ReferenceArray) -> ReferenceArray {
        let (height, width) = (images.shape[1], images.shape[2])
        var output = ReferenceArray(zeros: [images.shape[0], images.shape[3]])
        for image in 0..<images.shape[0] {
            for channel in 0..<images.shape[3] {
                var sum = 0.0
                for y in 0..<height {
                    for x in 0..<width { sum += images[image, y, x, channel] }
                }
                output[image, channel] = sum / Double(height * width)
            }
        }
        return output
    }

    private static func pool(
        _ images: ReferenceArray, window: Window, _ reduce: ([Double]) -> Double
    ) -> ReferenceArray {
        var output = ReferenceArray(
            zeros: [images.shape[0], window.outputHeight, window.outputWidth, images.shape[3]])
        for image in 0..<images.shape[0] {
            for y in 0..<window.outputHeight {
                for x in 0..<window.outputWidth {
                    for channel in 0..<images.shape[3] {
                        var values: [Double] = []
                        for row in 0..<window.height {
                            let inputRow = y * window.stride - window.top + row
                            guard (0..<images.shape[1]).contains(inputRow) else { continue }
                            for column in 0..<window.width {
                                let inputColumn = x * window.stride - window.left + column
                                guard (0..<images.shape[2]).contains(inputColumn) else { continue }
                                values.append(images[image, inputRow, inputColumn, channel])
                            }
                        }
                        output[image, y, x, channel] = reduce(values)
                    }
                }
            }
        }
        return output
    }
}
