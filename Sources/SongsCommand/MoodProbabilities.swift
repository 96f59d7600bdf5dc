import ArgumentParser
import Foundation
import Imaging

/// Seven probabilities as somebody writes them: an object of emotions, or a list.
struct MoodProbabilities {
    /// One for each emotion in the order of `Expression`.
    let values: [Float]

    /// Reads JSON.
    ///
    /// - Throws: `ValidationError` that says what is wrong with it.
    init(parsing text: String) throws {
        let json = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        let names = Imaging.Expression.names.joined(separator: ", ")
        if let list = json as? [Double] {
            guard list.count == Imaging.Expression.allCases.count else {
                throw ValidationError("a list has a number for each of \(names).")
            }
            values = list.map(Float.init)
        } else if let members = json as? [String: Double] {
            var list = [Float](repeating: 0, count: Imaging.Expression.allCases.count)
            var seen = Set<Imaging.Expression>()
            for (name, value) in members {
                guard let emotion = Imaging.Expression(name: name) else {
                    throw ValidationError("there is no emotion \(name), but \(names).")
                }
                guard seen.insert(emotion).inserted else {
                    throw ValidationError("\(emotion.name) is there twice.")
                }
                list[emotion.rawValue] = Float(value)
            }
            values = list
        } else {
            throw ValidationError(#"write {"happy": 0.7, "sad": 0.3}, or a list of seven numbers."#)
        }
        guard values.allSatisfy({ (0...1).contains($0) }), values.contains(where: { $0 > 0 }) else {
            throw ValidationError("probabilities are 0 to 1, and one of them is above 0.")
        }
    }
}
