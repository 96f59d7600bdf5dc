import ArgumentParser
import Foundation
import Imaging

/// Seven probabilities as somebody writes them: an object of emotions, or a list.
struct MoodProbabilities: ExpressibleByArgument {
    /// One for each emotion in the order of `Expression`.
    let values: [Float]

    init?(argument: String) {
        let bytes = Data(argument.utf8)
        let decoder = JSONDecoder()
        if let list = try? decoder.decode([Float].self, from: bytes) {
            values = list
        } else if let named = try? decoder.decode([String: Float].self, from: bytes) {
            var list = [Float](repeating: 0, count: Expression.allCases.count)
            for (name, value) in named {
                guard let emotion = Expression(name: name) else { return nil }
                list[emotion.rawValue] = value
            }
            values = list
        } else {
            return nil
        }
        let areProbabilities =
            values.allSatisfy { $0 >= 0 && $0 <= 1 } && values.contains { $0 > 0 }
        guard values.count == Expression.allCases.count, areProbabilities else { return nil }
    }
}
