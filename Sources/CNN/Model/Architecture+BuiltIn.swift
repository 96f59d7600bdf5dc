public import Tensor

extension Architecture {
    /// The names of the architectures that come with the library.
    public static let builtInNames = ["expression", "sequential", "vgg"]

    /// An architecture that comes with the library, by its name.
    ///
    /// - Parameters:
    ///   - name: `expression`, `sequential` or `vgg`.
    ///   - input: `[height, width, channels]`.
    ///   - classes: The number of classes.
    /// - Returns: The architecture; nil for a name that is none of `builtInNames`.
    public static func builtIn(_ name: String, input: Shape, classes: Int) -> Architecture? {
        switch name {
        case "expression": expression(input: input, classes: classes)
        case "sequential": sequential(input: input, classes: classes)
        case "vgg": vgg(input: input, classes: classes)
        default: nil
        }
    }

    /// Four convolutions and two fully connected layers.
    ///
    /// It is the network that Valence re-implements, layer by layer. For faces of 48 x 48 it has
    /// 2,345,607 parameters.
    public static func sequential(input: Shape, classes: Int) -> Architecture {
        Architecture(input: input) {
            Conv2D(filters: 32, kernel: 3)
            ReLU()
            Conv2D(filters: 64, kernel: 3)
            ReLU()
            MaxPool(2)
            Dropout(0.25)
            for _ in 1...2 {
                Conv2D(filters: 128, kernel: 3)
                ReLU()
                MaxPool(2)
            }
            Dropout(0.25)
            Flatten()
            Dense(1024)
            ReLU()
            Dropout(0.5)
            Dense(classes)
            Softmax()
        }
    }

    /// Four blocks of two 3 x 3 convolutions with batch normalization, as wide as a file of 4 MB in
    /// half precision allows.
    ///
    /// After a network of 4.7 million parameters with which https://github.com/orientino/fer-loopai
    /// reports 72.6 % validation accuracy on FER-2013. This one has 1,866,375: it is narrower, above
    /// all in the first block, whose maps are largest, and means of maps take the place of fully
    /// connected layers.
    public static func expression(input: Shape, classes: Int) -> Architecture {
        blocks([32, 96, 192, 288], input: input, classes: classes)
    }

    /// Four blocks of two 3 x 3 convolutions with batch normalization.
    ///
    /// After Simonyan and Zisserman (arXiv 1409.1556), but narrow enough for two processors, and
    /// with half the parameters of `sequential`.
    public static func vgg(input: Shape, classes: Int) -> Architecture {
        blocks([32, 64, 128, 256], input: input, classes: classes)
    }

    /// Blocks of two 3 x 3 convolutions with batch normalization, each half as large as the one
    /// before, and the mean of each map of the last.
    private static func blocks(_ widths: [Int], input: Shape, classes: Int) -> Architecture {
        Architecture(input: input) {
            for filters in widths {
                for _ in 1...2 {
                    Conv2D(
                        filters: filters, kernel: 3, padding: .same, bias: false,
                        initializer: .heNormal)
                    BatchNorm()
                    ReLU()
                }
                MaxPool(2)
                Dropout(0.2)
            }
            GlobalAveragePool()
            Dense(classes)
            Softmax()
        }
    }

    /// Describes a network by a closure that names its modules in their order.
    public init(input: Shape, @ModuleBuilder modules: () -> [any Module]) {
        self.init(input: input, modules: modules())
    }
}
