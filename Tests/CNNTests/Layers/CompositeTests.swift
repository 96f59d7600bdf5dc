import CNN
import Tensor
import Testing
import _TestSupport

/// `Flatten`, `Residual`, `Branch` and `Chain`.
struct CompositeTests {
    @Test func flattenGradients() throws {
        try forEvery("shape", [[1], [5], [2, 3, 3]] as [Shape]) { shape in
            expectGradients(of: try Subject([Flatten()], input: shape, batch: 2))
            expectGradients(of: try Subject([Flatten(), Dense(3)], input: shape, batch: 2))
        }
        expectGradients(
            of: try Subject(
                [Conv2D(filters: 3, kernel: 2), Flatten(), Tanh(), Dense(2)], input: [3, 4, 2],
                batch: 3))
    }

    @Test func residualGradients() throws {
        let plain = Residual {
            Conv2D(filters: 3, kernel: 3, padding: .same)
            Tanh()
            Conv2D(filters: 3, kernel: 3, padding: .same)
        }
        let projected = Residual {
            Conv2D(filters: 5, kernel: 3, stride: 2, padding: .same)
            SiLU()
        } shortcut: {
            Conv2D(filters: 5, kernel: 1, stride: 2, padding: .same)
        }
        try forEvery("batch", [1, 2]) { batch in
            expectGradients(of: try Subject([plain], input: [3, 5, 3], batch: batch))
            expectGradients(of: try Subject([projected], input: [3, 5, 3], batch: batch))
            expectGradients(
                of: try Subject([plain, projected, Tanh()], input: [3, 5, 3], batch: batch))
        }
    }

    /// The input of the block is read by the sum alone, or twice by it.
    @Test func residualOfLittle() throws {
        expectGradients(of: try Subject([Residual { Tanh() }], input: [5], batch: 2))
        expectGradients(of: try Subject([Residual {}], input: [5], batch: 2))
        expectGradients(
            of: try Subject([Dense(4), Tanh(), Residual { Sigmoid() }], input: [5], batch: 2))
    }

    @Test(arguments: [Branch.Join.concatenated, .added])
    func branchGradients(join: Branch.Join) throws {
        let paths: [any Module] = [
            Conv2D(filters: 3, kernel: 1),
            Chain {
                Conv2D(filters: 2, kernel: 1)
                Sigmoid()
                Conv2D(filters: 3, kernel: 3, padding: .same)
            },
            AveragePool(3, stride: 1, padding: .same),
            Chain {},
        ]
        try forEvery("count", [1, 2, 4]) { count in
            let branch = Branch(join) { Array(paths[(4 - count)...]) }
            expectGradients(of: try Subject([branch], input: [3, 4, 3], batch: 2))
            expectGradients(
                of: try Subject(
                    [Conv2D(filters: 3, kernel: 2), branch, Tanh()], input: [4, 3, 2], batch: 3))
        }
    }

    @Test func concatenationOfOddChannels() throws {
        let branch = Branch {
            Dense(1)
            Dense(9)
            Branch {
                Dense(3)
                Chain {
                    Dense(2)
                    Tanh()
                }
            }
        }
        expectGradients(of: try Subject([branch, Tanh()], input: [4], batch: 3))
    }

    @Test func chainGradients() throws {
        let chain = Chain {
            Dense(4)
            Chain {
                Tanh()
                Chain {}
            }
            Dense(2)
        }
        expectGradients(of: try Subject([chain, Chain {}], input: [3], batch: 2))
    }

    @Test func refusesPathsThatDoNotFit() {
        func message(_ modules: [any Module]) -> String? {
            #expect(throws: ArchitectureError.self) {
                try Sequential(Architecture(input: [4, 4, 3], modules: modules), seed: 1)
            }?.message
        }
        #expect(
            message([Residual { Conv2D(filters: 2, kernel: 1) }])
                == "sum_1: adds arrays of one shape, not [4, 4, 2], [4, 4, 3]")
        #expect(
            message([
                Branch {
                    Chain {}
                    MaxPool(2)
                }
            ])
                == "concatenation_1: concatenates arrays that differ in their last axis only, "
                + "not [4, 4, 3], [2, 2, 3]")
        #expect(message([Branch {}]) == "a branch needs a path")
    }
}
