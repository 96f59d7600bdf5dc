import Foundation
import Kernels

extension ThreadPool {
    /// Starts threads, as many as there are processors if no number is given.
    convenience init(threads: Int?) {
        self.init(threadCount: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }
}
