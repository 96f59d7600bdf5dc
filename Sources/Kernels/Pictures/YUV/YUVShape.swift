/// Where the samples of one component of a picture lie.
package struct SamplePlane {
    /// The byte of the first sample.
    package var offset: Int
    /// How many bytes further on the next line begins.
    package var stride: Int
    /// How many bytes further on the next sample lies.
    package var step: Int

    package init(offset: Int, stride: Int, step: Int) {
        self.offset = offset
        self.stride = stride
        self.step = step
    }

    /// The byte behind the last sample.
    func end(rows: Int, columns: Int) -> Int {
        offset + (rows - 1) * stride + (columns - 1) * step + 1
    }
}

/// A picture of luma and two differences of color, and how its samples lie: packed, in two planes
/// or in three.
package struct YUVShape {
    package var height, width: Int
    /// The luma, `[height, width]`.
    package var luma: SamplePlane
    /// The differences of blue and of red, `[colorRows, colorColumns]`.
    package var blue, red: SamplePlane
    /// How many rows and columns of pixels share a sample of color: 1 or 2.
    package var rowsPerColor, columnsPerColor: Int

    package init(
        height: Int, width: Int, luma: SamplePlane, blue: SamplePlane, red: SamplePlane,
        rowsPerColor: Int, columnsPerColor: Int
    ) {
        self.height = height
        self.width = width
        self.luma = luma
        self.blue = blue
        self.red = red
        self.rowsPerColor = rowsPerColor
        self.columnsPerColor = columnsPerColor
    }

    /// Planes that follow one another: luma, differences of blue, of red.
    ///
    /// Without rows and columns that share color, there is luma alone.
    package static func planar(
        height: Int, width: Int, lumaStride: Int, rowsPerColor: Int = 0, columnsPerColor: Int = 0
    ) -> YUVShape {
        let luma = SamplePlane(offset: 0, stride: lumaStride, step: 1)
        guard rowsPerColor > 0, columnsPerColor > 0 else {
            return YUVShape(
                height: height, width: width, luma: luma, blue: luma, red: luma, rowsPerColor: 1,
                columnsPerColor: 1)
        }
        let colorRows = (height + rowsPerColor - 1) / rowsPerColor
        let colorStride = (lumaStride + columnsPerColor - 1) / columnsPerColor
        let blue = SamplePlane(offset: height * lumaStride, stride: colorStride, step: 1)
        var red = blue
        red.offset += colorRows * colorStride
        return YUVShape(
            height: height, width: width, luma: luma, blue: blue, red: red,
            rowsPerColor: rowsPerColor, columnsPerColor: columnsPerColor)
    }

    /// The number of bytes from the first of the picture to its last sample.
    package var byteCount: Int {
        let rows = (height + rowsPerColor - 1) / rowsPerColor
        let columns = (width + columnsPerColor - 1) / columnsPerColor
        return max(
            luma.end(rows: height, columns: width), blue.end(rows: rows, columns: columns),
            red.end(rows: rows, columns: columns))
    }
}
