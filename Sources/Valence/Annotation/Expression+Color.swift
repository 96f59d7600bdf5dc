import Imaging

extension Expression {
    /// The color in which annotations show the expression.
    var color: Color {
        switch self {
        case .angry: Color(0xe5484d)
        case .disgust: Color(0x7cb518)
        case .fear: Color(0xa06cd5)
        case .happy: Color(0xffb703)
        case .neutral: Color(0xa7b4c2)
        case .sad: Color(0x4a90e2)
        case .surprise: Color(0xff7f3f)
        }
    }
}

extension Color {
    /// The color of a face whose expression is uncertain.
    static let uncertain = Color(0xd0d0d0)
    /// What lies below text and bars.
    static let panel = Color(0x14181c, opacity: 0.62)
    /// Text on a panel, and bars of expressions that are not the likeliest.
    static let faint = Color(0xe8edf2)
}
