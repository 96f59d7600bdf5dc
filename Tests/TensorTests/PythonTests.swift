import Foundation
import Tensor
import Testing
import _TestSupport

/// NumPy and the safetensors package read what this library wrote.
@Suite struct PythonTests {
    private static let python =
        ProcessInfo.processInfo.environment["VALENCE_PYTHON"] ?? "python3"

    private static let packagesAreThere: Bool =
        (try? run("import numpy, safetensors.numpy", in: .temporaryDirectory)) != nil

    private let tensors: NamedTensors = [
        "matrix": .sample([3, 4]), "scalar": Tensor(scalar: 2.5), "empty": Tensor(zeros: [0, 2]),
        "vector": .sample([5]), "ünï \"code\"\n": .sample([1, 2, 3]),
    ]

    @Test(
        .enabled(
            if: packagesAreThere,
            "no Python with numpy and safetensors: install them, or set VALENCE_PYTHON"))
    func readsOurFiles() throws {
        try withTemporaryFolder { folder in
            let sample = SafetensorsFile(tensors: tensors, metadata: ["note": "ü\n\"quoted\""])
            try sample.write(to: folder.appending(path: "single.safetensors"))
            try sample.write(to: folder.appending(path: "half.safetensors"), as: .float16)
            for (index, tensor) in tensors.map(\.tensor).enumerated() {
                try NPYFile(tensor).write(to: folder.appending(path: "\(index).npy"))
            }
            try NPZFile(tensors).write(to: folder.appending(path: "stored.npz"))
            try NPZFile(tensors).write(
                to: folder.appending(path: "deflated.npz"), compression: .deflated)
            let printed = try Self.run(Self.script, in: folder)
            let expected = tensors.enumerated().map { index, item in
                let bits = item.tensor.elements.map(\.bitPattern.description)
                    .joined(separator: ",")
                return "\(index) \(item.tensor.shape) \(bits)"
            }
            #expect(printed == expected.joined(separator: "\n") + "\n")
        }
    }

    /// Compares all files with one another and prints the arrays.
    private static let script = """
        import numpy as np, safetensors, safetensors.numpy as st
        single, half = st.load_file("single.safetensors"), st.load_file("half.safetensors")
        with safetensors.safe_open("single.safetensors", "np") as file:
            assert file.metadata() == {"note": 'ü\\n"quoted"'}
        names = ["matrix", "scalar", "empty", "vector", 'ünï "code"\\n']
        stored, deflated = np.load("stored.npz"), np.load("deflated.npz")
        assert set(names) == set(single) == set(half) == set(stored) == set(deflated)
        for index, name in enumerate(names):
            array = np.load(f"{index}.npy")
            for other in (single[name], stored[name], deflated[name]):
                assert other.dtype == array.dtype == np.float32
                assert other.shape == array.shape and (other == array).all()
            assert half[name].dtype == np.float16
            assert (half[name] == array.astype(np.float16)).all()
            print(index, list(array.shape), ",".join(map(str, array.ravel().view(np.uint32))))
        """

    private struct Failure: Error {
        var output: String
    }

    /// Runs a Python script and returns what it prints.
    private static func run(_ script: String, in folder: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-X", "utf8", "-c", script]
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(output: text) }
        return text
    }
}
