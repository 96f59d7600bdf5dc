import CNN
import Kernels
import Tensor
import Testing
import _TestSupport

struct WorkspaceTests {
    /// Nearly every layer in one network; dropout is there, but lets all through.
    private func modules() -> [any Module] {
        [
            Conv2D(filters: 5, kernel: 3, padding: .same, bias: false),
            BatchNorm(),
            ReLU(),
            MaxPool(2),
            Dropout(0),
            Residual {
                Conv2D(filters: 5, kernel: 3, padding: .same)
                BatchNorm()
                SiLU()
                Conv2D(filters: 5, kernel: 1)
            },
            Branch {
                Conv2D(filters: 3, kernel: 1)
                Chain {
                    AveragePool(2, stride: 1, padding: .same)
                    Tanh()
                }
            },
            Conv2D(filters: 8, kernel: 2, groups: 2),
            LeakyReLU(),
            GlobalAveragePool(),
            Dense(6),
            Sigmoid(),
            Dense(4),
        ]
    }

    @Test(arguments: [1, 3])
    func wholeNetwork(batch: Int) throws {
        expectGradients(
            of: try Subject(modules(), input: [6, 7, 2], batch: batch), within: 5e-4)
    }

    @Test func wholeNetworkInInference() throws {
        let subject = try Subject(modules(), input: [6, 7, 2], batch: 3)
        let expected = subject.oracle(.inference).output(of: subject.referenceInput)
        forEvery("workspace", [Mode.training, .inference]) { workspaceMode in
            forEvery("threads", [1, 2, 5]) { threads in
                let step = subject.step(
                    threads: threads, mode: .inference, workspaceMode: workspaceMode,
                    isPoisoned: true)
                #expect(
                    deviation(of: step.output, from: expected.values) <= 1e-5,
                    "\(SweepTrace.description)")
            }
        }
    }

    /// A smaller batch than the workspace was planned for gives the same bits.
    @Test func capacityDoesNotMatter() throws {
        let subject = try Subject(modules(), input: [6, 7, 2], batch: 2)
        let step = subject.step(threads: 2)
        #expect(isIdentical(subject.step(threads: 2, capacity: 7).all, step.all))
    }

    /// What the last step left behind must not show in the next one, nor what threads do first.
    @Test func dropoutIsTheSameInEveryRun() throws {
        let subject = try Subject(
            [
                Conv2D(filters: 3, kernel: 3), ReLU(), Dropout(0.5), Flatten(), Dense(5),
                Dropout(0.3),
            ],
            input: [5, 5, 2], batch: 4)
        for threads in [1, 2, 3] {
            let step = subject.step(threads: threads)
            #expect(isIdentical(subject.step(threads: threads, isPoisoned: true).all, step.all))
            #expect(subject.step(threads: threads, seed: 6).output != step.output)
        }
    }

    @Test func logitsLeaveOutTheLastSoftmax() throws {
        let network = try Sequential(input: [3], seed: 1) {
            Dense(4)
            Softmax()
        }
        let workspace = Workspace(
            network, batchCapacity: 1, mode: .inference, endsAtLogits: true,
            pool: ThreadPool(threadCount: 1))
        let input = Tensor([1, -2, 3], shape: [1, 3])
        var statistics = network.statistics
        let logits = input.withUnsafeElements { input in
            network.parameters.withUnsafeElements { parameters in
                statistics.withUnsafeMutableElements { statistics in
                    let arrays = PassArrays(
                        input: input.baseAddress!, parameters: parameters.baseAddress!,
                        statistics: statistics.baseAddress!)
                    workspace.prepare(arrays, mode: .inference)
                    let logits = workspace.forward(
                        arrays, batch: 1, mode: .inference, seed: 0)
                    return Tensor(UnsafeBufferPointer(start: logits, count: 4), shape: [1, 4])
                }
            }
        }
        #expect(network.endsInSoftmax)
        let probabilities = network(input).elements.map(Double.init)
        #expect(deviation(of: logits.softmax().elements, from: probabilities) <= 1e-6)
        #expect(deviation(of: logits.elements, from: probabilities) > 0.1)
    }
}
