import ArgumentParser
import Capture
import CommandSupport

/// `infer devices`: the cameras that are there.
struct Devices: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List cameras, their formats, sizes and frame rates.",
        discussion: """
            Examples:
              infer devices
              infer devices --json
            """)

    @Flag(help: "Print one JSON object for each camera, on a line of its own.")
    var json = false
    /// `infer` has an option of the same name, and takes it away.
    @ParentCommand var infer: Infer

    func run() throws {
        let devices = CameraDevice.all { Terminal.note("note: \($0)") }
        if devices.isEmpty { Terminal.note("There is no camera that can be used.") }
        let json = json || infer.output.json
        for device in devices {
            try Terminal.output(json ? object(device).description : text(device))
        }
    }

    private func text(_ device: CameraDevice) -> String {
        let head = "\(device.path)  \(device.name)  (\(device.driver), \(device.bus))"
        let formats = device.formats.flatMap { format in
            ["  \(format)"] + format.sizes.map { "    \($0)" }
        }
        return ([head] + formats).joined(separator: "\n")
    }

    private func object(_ device: CameraDevice) -> JSONObject {
        [
            "path": .string(device.path), "name": .string(device.name),
            "driver": .string(device.driver), "bus": .string(device.bus),
            "formats": .array(device.formats.map(value)),
        ]
    }

    private func value(_ format: CameraFormat) -> JSONValue {
        [
            "pixelFormat": .string("\(format.pixelFormat)"), "name": .string(format.name),
            "sizes": .array(format.sizes.map(value)),
        ]
    }

    private func value(_ size: CameraSize) -> JSONValue {
        let rates: JSONValue =
            switch size.rates {
            case .discrete(let rates): .array(rates.map { .number($0) })
            case .range(let range):
                ["from": .number(range.lowerBound), "to": .number(range.upperBound)]
            }
        return ["width": value(size.width), "height": value(size.height), "rates": rates]
    }

    private func value(_ numbers: SteppedRange) -> JSONValue {
        let (first, last) = (numbers.range.lowerBound, numbers.range.upperBound)
        guard first < last else { return .integer(first) }
        return ["from": .integer(first), "to": .integer(last), "step": .integer(numbers.step)]
    }
}
