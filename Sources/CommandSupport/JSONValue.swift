/// A value that is printed as JSON on one line, with the members of objects in the order given.
///
/// Foundation's encoder sorts keys or leaves their order to chance; output that people read as well
/// has an order that means something.
///
/// ```swift
/// try Terminal.output(JSONValue.object(["epochs": 5, "loss": .number(loss)]).description)
/// ```
public enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// Any number; what is not finite has no JSON, and is printed as `null`.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Named members in the order of printing.
    case object(JSONObject)
}

/// The members of a JSON object in the order of printing.
public struct JSONObject: Hashable, Sendable {
    /// Names and values.
    public private(set) var members: [Member] = []

    /// A name and its value.
    public struct Member: Hashable, Sendable {
        /// The name, unique in its object.
        public var name: String
        /// The value.
        public var value: JSONValue
    }

    /// Creates an object of the given members.
    ///
    /// - Precondition: No name is given twice.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members {
            precondition(self[name] == nil, "a JSON object has one member \"\(name)\"")
            self.members.append(Member(name: name, value: value))
        }
    }

    /// The value of that name; assigning a new name appends a member, and nil removes it.
    ///
    /// - Complexity: O(*n*) in the number of members.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONValue {
    /// A number with the digits of a `Float`: `0.1`, not `0.10000000149011612`.
    public static func number(_ value: Float) -> JSONValue {
        .number(Double(value.description) ?? .nan)
    }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// Creates `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates a whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// Creates a number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// Creates a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates a list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Creates an object whose members keep the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object whose members keep the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
