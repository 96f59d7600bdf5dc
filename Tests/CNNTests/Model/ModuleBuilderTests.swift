import CNN
import Testing

struct ModuleBuilderTests {
    private enum Size {
        case small, medium, large
    }

    private func modules(@ModuleBuilder _ modules: () -> [any Module]) -> [any Module] {
        modules()
    }

    private func kinds(@ModuleBuilder _ modules: () -> [any Module]) -> [String] {
        modules().map { type(of: $0).kind }
    }

    @Test(arguments: [true, false])
    func ifKeepsItsLayers(condition: Bool) {
        let alone = kinds {
            if condition { ReLU() }
        }
        #expect(alone == (condition ? ["ReLU"] : []))
        let between = kinds {
            Flatten()
            if condition {
                ReLU()
                Dropout(0.5)
            }
            Dense(3)
        }
        #expect(
            between
                == (condition ? ["Flatten", "ReLU", "Dropout", "Dense"] : ["Flatten", "Dense"]))
    }

    @Test(arguments: [true, false])
    func ifElse(condition: Bool) {
        let kinds = kinds {
            if condition {
                ReLU()
            } else {
                Tanh()
                Flatten()
            }
        }
        #expect(kinds == (condition ? ["ReLU"] : ["Tanh", "Flatten"]))
    }

    @Test func loops() {
        let modules = modules {
            for width in [8, 4, 2] {
                Dense(width)
                ReLU()
            }
        }
        #expect(modules.compactMap { ($0 as? Dense)?.units } == [8, 4, 2])
        #expect(modules.count == 6)
    }

    @Test func loopsWithoutTurns() {
        let none = modules {
            for width in [Int]() { Dense(width) }
        }
        #expect(none.isEmpty)
    }

    @Test(arguments: [(Size.small, ["ReLU"]), (.medium, ["Tanh", "Flatten"]), (.large, ["SiLU"])])
    private func switches(size: Size, expected: [String]) {
        let kinds = kinds {
            switch size {
            case .small: ReLU()
            case .medium:
                Tanh()
                Flatten()
            case .large: SiLU()
            }
        }
        #expect(kinds == expected)
    }

    @Test func takesModulesMadeElsewhere() {
        let made: [any Module] = [ReLU(), Flatten()]
        #expect(
            kinds {
                made
                Dense(2)
            } == ["ReLU", "Flatten", "Dense"])
    }
}
