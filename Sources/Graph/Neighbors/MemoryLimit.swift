import Foundation

/// How much memory a program may take.
enum MemoryLimit {
    /// The memory of the machine, or of the container in which the program runs.
    static var bytes: Int {
        let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let text = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8)
        return text.flatMap(container).map { min($0, machine) } ?? machine
    }

    /// The limit of a container as Linux writes it: a number and a line feed, or `max` for none.
    static func container(_ text: String) -> Int? {
        Int(text.trimmingCharacters(in: .whitespacesAndNewlines)).flatMap { $0 > 0 ? $0 : nil }
    }
}
