import COpenBLAS

/// What OpenBLAS is found to be able to do, once it was set up for this process.
struct BLAS {
    /// Whether small products are computed without copying the matrices first, which makes them
    /// the fastest ones.
    let hasSmallKernels: Bool

    /// The largest number of multiply-adds of a product that counts as small.
    static var smallProduct: Int { 1_000_000 }

    /// Sets OpenBLAS up, in the whole process, before the first product.
    ///
    /// One thread: its own ones under ours would fight for the same processors, and the sums of a
    /// product must not depend on whether somebody has made a pool before.
    static let shared = BLAS()

    private init() {
        openblas_set_num_threads(1)
        let kernels = openblas_get_corename().map { String(cString: $0) } ?? ""
        hasSmallKernels = ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernels)
    }
}

/// What OpenBLAS says of itself: version, options and the processor whose kernels it picked.
///
/// Results are the same bits from run to run only where this text is the same.
package var blasConfiguration: String {
    _ = BLAS.shared
    guard let text = openblas_get_config() else { return "unknown" }
    return String(cString: text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
