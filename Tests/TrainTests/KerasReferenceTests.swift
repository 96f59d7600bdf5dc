import Testing

@Suite("Keras reference")
struct KerasReferenceTests {
    @Test("weights, pictures and labels are those that Keras saw")
    func inputs() throws {
        let reference = try KerasReference.load()
        #expect(reference.losses.count == KerasReference.steps)
        for (index, parameter) in reference.parameters.enumerated() {
            let weights = KerasReference.initialWeights(tensor: index, shape: parameter.shape)
            #expect(Array(weights.prefix(4)) == parameter.firstInitial, "tensor \(index)")
        }
        #expect(KerasReference.labels(batch: 0) == reference.firstLabels)
        for (batch, sum) in reference.batchSums.enumerated() {
            let pictures = KerasReference.pictures(batch: batch)
            #expect(pictures.reduce(0) { $0 + Int($1) } == sum, "batch \(batch)")
            if batch == 0 {
                #expect(Array(pictures.prefix(KerasReference.side)) == reference.firstPixels)
            }
        }
    }
}
