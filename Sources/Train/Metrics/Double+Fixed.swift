import Foundation

extension Double {
    /// The number with so many digits after the point, whatever the locale: `0.608`.
    func fixed(_ digits: Int) -> String {
        String(format: "%.\(digits)f", self)
    }
}
