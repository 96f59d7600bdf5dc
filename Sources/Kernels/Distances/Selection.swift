/// Moves the `rank` smallest keys to the front.
///
/// Keys must differ from each other. Source: Hoare, "Algorithm 65: Find", 1961.
///
/// - Complexity: O(*n*) on average, whatever the keys: pivots are drawn.
func select(_ rank: Int, of keys: UnsafeMutableBufferPointer<UInt64>) {
    var (first, last) = (0, keys.count - 1)
    var random = UInt64(keys.count) | 1
    while first < last {
        // Three keys from anywhere, of which the middle one is a good guess of the median.
        func drawn() -> UInt64 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return keys[first &+ Int((random >> 33) % UInt64(last &- first &+ 1))]
        }
        let (a, b, c) = (drawn(), drawn(), drawn())
        let pivot = max(min(a, b), min(max(a, b), c))
        var (low, high) = (first, last)
        while low <= high {
            while keys[low] < pivot { low &+= 1 }
            while keys[high] > pivot { high &-= 1 }
            if low <= high {
                let key = keys[low]
                keys[low] = keys[high]
                keys[high] = key
                low &+= 1
                high &-= 1
            }
        }
        if rank <= high {
            last = high
        } else if rank >= low {
            first = low
        } else {
            return
        }
    }
}
