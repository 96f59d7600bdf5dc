import Kernels

// Comparisons of elements, written with a dot as those of SIMD vectors are. The result is a mask: a
// tensor of 1 for true and 0 for false.

extension Tensor {
    /// 1 where an element of `left` equals that of `right`, broadcast to a common shape.
    public static func .== (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .equal)
    }

    /// 1 where an element equals a number.
    public static func .== (left: Tensor, right: Float) -> Tensor {
        left .== Tensor(scalar: right)
    }

    /// 1 where a number equals an element.
    public static func .== (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) .== right
    }
}

extension Tensor {
    /// 1 where an element of `left` differs from that of `right`, broadcast to a common shape.
    public static func .!= (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .notEqual)
    }

    /// 1 where an element differs from a number.
    public static func .!= (left: Tensor, right: Float) -> Tensor {
        left .!= Tensor(scalar: right)
    }

    /// 1 where a number differs from an element.
    public static func .!= (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) .!= right
    }
}

extension Tensor {
    /// 1 where an element of `left` is less than that of `right`, broadcast to a common shape.
    public static func .< (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .less)
    }

    /// 1 where an element is less than a number.
    public static func .< (left: Tensor, right: Float) -> Tensor {
        left .< Tensor(scalar: right)
    }

    /// 1 where a number is less than an element.
    public static func .< (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) .< right
    }
}

extension Tensor {
    /// 1 where an element of `left` is at most that of `right`, broadcast to a common shape.
    public static func .<= (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .lessOrEqual)
    }

    /// 1 where an element is at most a number.
    public static func .<= (left: Tensor, right: Float) -> Tensor {
        left .<= Tensor(scalar: right)
    }

    /// 1 where a number is at most an element.
    public static func .<= (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) .<= right
    }
}

extension Tensor {
    /// 1 where an element of `left` is greater than that of `right`, broadcast to a common shape.
    public static func .> (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .greater)
    }

    /// 1 where an element is greater than a number.
    public static func .> (left: Tensor, right: Float) -> Tensor {
        left .> Tensor(scalar: right)
    }

    /// 1 where a number is greater than an element.
    public static func .> (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) .> right
    }
}

extension Tensor {
    /// 1 where an element of `left` is at least that of `right`, broadcast to a common shape.
    public static func .>= (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .greaterOrEqual)
    }

    /// 1 where an element is at least a number.
    public static func .>= (left: Tensor, right: Float) -> Tensor {
        left .>= Tensor(scalar: right)
    }

    /// 1 where a number is at least an element.
    public static func .>= (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) .>= right
    }
}
