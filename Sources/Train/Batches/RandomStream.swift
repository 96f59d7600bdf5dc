/// What a random number of a training is for; numbers for one purpose do not depend on those for
/// another.
enum RandomStream: UInt64 {
    case order, picture, mixing, step
}
