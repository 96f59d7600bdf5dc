/// Groups of windows that lie on the same face.
///
/// A window belongs to a group when it is similar to any window in it; the face is the mean of the
/// group. All numbers mean what they mean in OpenCV's `groupRectangles`.
struct WindowGroups {
    /// How much similar windows may differ, as a part of their size.
    private static let tolerance = 0.2

    private var groups: [WindowGroup] = []

    /// The faces that groups of more than `minNeighbors` windows make, the surest first; where that
    /// is 0, every window is a face.
    static func faces(of windows: [FaceWindow], minNeighbors: Int) -> [DetectedFace] {
        let faces =
            minNeighbors > 0
            ? WindowGroups(windows, minNeighbors: minNeighbors).faces
            : windows.map { DetectedFace($0, score: Double($0.margin)) }
        return faces.sorted { first, second in
            let (a, b) = (first.box, second.box)
            return (-first.score, a.y, a.x, a.width) < (-second.score, b.y, b.x, b.width)
        }
    }

    private init(_ windows: [FaceWindow], minNeighbors: Int) {
        let labels = Self.labels(windows)
        groups = [WindowGroup](repeating: WindowGroup(), count: (labels.max() ?? -1) + 1)
        for (window, label) in zip(windows, labels) { groups[label].add(window) }
        groups = groups.filter { $0.count > minNeighbors }.map(\.mean)
    }

    /// The groups that are not a part of a surer one.
    private var faces: [DetectedFace] {
        groups.indices.compactMap { index in
            let group = groups[index]
            let isPart = groups.indices.contains { $0 != index && group.isPart(of: groups[$0]) }
            return isPart ? nil : DetectedFace(group.window, score: Double(group.window.margin))
        }
    }

    private static func spread(_ places: [Int]) -> Int {
        (places.max() ?? 0) - (places.min() ?? 0)
    }

    /// The number of each window's group.
    private static func labels(_ windows: [FaceWindow]) -> [Int] {
        // Windows that are similar lie close to each other in this order, all the more along
        // the side of the picture that has more room for them.
        let (columns, rows) = (windows.map(\.x), windows.map(\.y))
        let places = spread(columns) >= spread(rows) ? columns : rows
        let order = windows.indices.sorted { places[$0] < places[$1] }
        var sets = DisjointSets(count: windows.count)
        for (place, index) in order.enumerated() {
            let window = windows[index]
            let reach = Double(window.width + window.height) * 0.5 * tolerance
            for other in order[(place + 1)...] {
                if Double(places[other] - places[index]) > reach { break }
                if window.isSimilar(to: windows[other]) { sets.join(index, other) }
            }
        }
        return sets.labels()
    }
}

private struct WindowGroup {
    /// The sum, later the mean, of the windows.
    var window = FaceWindow(x: 0, y: 0, width: 0, height: 0, margin: 0)
    var count = 0

    mutating func add(_ other: FaceWindow) {
        window.x += other.x
        window.y += other.y
        window.width += other.width
        window.height += other.height
        window.margin += other.margin
        count += 1
    }

    /// The same with the mean of the windows; margins stay summed up.
    var mean: Self {
        func mean(_ sum: Int) -> Int {
            Int((Float(sum) * (1 / Float(count))).rounded(.toNearestOrEven))
        }
        var group = self
        group.window = FaceWindow(
            x: mean(window.x), y: mean(window.y), width: mean(window.width),
            height: mean(window.height), margin: window.margin)
        return group
    }

    /// Whether it lies inside of another one that has more windows.
    func isPart(of other: Self) -> Bool {
        let outer = other.window
        let right = Int((Double(outer.width) * 0.2).rounded(.toNearestOrEven))
        let down = Int((Double(outer.height) * 0.2).rounded(.toNearestOrEven))
        return window.x >= outer.x - right && window.y >= outer.y - down
            && window.x + window.width <= outer.x + outer.width + right
            && window.y + window.height <= outer.y + outer.height + down
            && (other.count > max(3, count) || count < 3)
    }
}

extension FaceWindow {
    /// Whether all four edges differ by little.
    fileprivate func isSimilar(to other: FaceWindow) -> Bool {
        let size = min(width, other.width) + min(height, other.height)
        let limit = Double(size) * 0.5 * 0.2
        func isNear(_ first: Int, _ second: Int) -> Bool { Double(abs(first - second)) <= limit }
        return isNear(x, other.x) && isNear(y, other.y)
            && isNear(x + width, other.x + other.width)
            && isNear(y + height, other.y + other.height)
    }
}

/// Which of many things belong together, found by joining two at a time.
private struct DisjointSets {
    private var parents: [Int]

    init(count: Int) {
        parents = Array(0..<count)
    }

    mutating func join(_ first: Int, _ second: Int) {
        let (first, second) = (root(of: first), root(of: second))
        // The first of a set stays its root.
        parents[max(first, second)] = min(first, second)
    }

    /// The number of each thing's set; sets are numbered in the order of their first things.
    mutating func labels() -> [Int] {
        var labels: [Int] = []
        var count = 0
        for index in parents.indices {
            let root = root(of: index)
            labels.append(root == index ? count : labels[root])
            if root == index { count += 1 }
        }
        return labels
    }

    private mutating func root(of index: Int) -> Int {
        var root = index
        while parents[root] != root {
            parents[root] = parents[parents[root]]
            root = parents[root]
        }
        return root
    }
}
