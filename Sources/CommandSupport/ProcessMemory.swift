import Foundation

/// The memory of this process.
public enum ProcessMemory {
    /// The most bytes that were resident at a time, as the system counts them; 0 where it does not
    /// say.
    public static var peakBytes: Int {
        var usage = rusage()
        guard getrusage(.init(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return usage.ru_maxrss * 1024
    }
}
