import Kernels
import Tensor

/// Where an epilogue finds the arrays of each sample of a pass, which a patch is too small to look
/// up itself.
struct EpilogueArrays {
    /// The number of floats of a sample's output.
    let outputCount: Int
    private let outputs: UnsafeMutablePointer<Float>
    private let firstCode: UnsafeMutablePointer<UInt8>?
    private let codeStride: Int
    private let dropoutRate: Float?
    private let pass: ForwardPass

    init(of block: ConvolutionBlock, _ pass: ForwardPass) {
        let isTraining = pass.mode == .training
        outputCount = pass.plan.output.elementCount
        outputs = pass.y
        firstCode = block.pools && isTraining ? pass.sampleMemory(of: UInt8.self) : nil
        codeStride = pass.plan.keptBytesPerSample
        dropoutRate = isTraining ? block.dropoutRate : nil
        self.pass = pass
    }

    func output(_ sample: Int) -> UnsafeMutablePointer<Float> { outputs + sample * outputCount }

    func codes(_ sample: Int) -> UnsafeMutablePointer<UInt8>? {
        firstCode.map { $0 + sample * codeStride }
    }

    func mask(_ sample: Int) -> DropoutMask? {
        dropoutRate.map { CNN.mask($0, of: sample, in: pass) }
    }
}

/// A number of floats or bytes, rounded up so that what follows is aligned.
func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
