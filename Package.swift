// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target.
let languageSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Settings of every library target and of the tests' slow oracles.
///
/// `swift run train`, typed as it stands, builds in debug. A network trained by unoptimized loops
/// would take days, so debug builds of the libraries are optimized too. All four flags are needed:
/// without whole-module optimization nothing is inlined across files, `-wmo` needs `-num-threads`
/// to build in debug, and warns without `-disable-batch-mode`.
let librarySettings: [SwiftSetting] =
    languageSettings + [
        .unsafeFlags(
            ["-O", "-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode"],
            .when(configuration: .debug))
    ]

func library(
    _ name: String, _ dependencies: [Target.Dependency], path: String? = nil,
    exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
        swiftSettings: librarySettings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
    resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["_TestSupport"], exclude: exclude,
        resources: resources, swiftSettings: languageSettings)
}

let package = Package(
    name: "valence",
    products: [
        .library(name: "Tensor", targets: ["Tensor"]),
        .library(name: "CNN", targets: ["CNN"]),
        .library(name: "Imaging", targets: ["Imaging"]),
        .library(name: "Train", targets: ["Train"]),
        .library(name: "Capture", targets: ["Capture"]),
        .library(name: "Graph", targets: ["Graph"]),
        .library(name: "Valence", targets: ["Valence"]),
        .executable(name: "train", targets: ["TrainCommand"]),
        .executable(name: "infer", targets: ["InferCommand"]),
        .executable(name: "songs", targets: ["SongsCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.8.0"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(
            name: "CV4L2", pkgConfig: "libv4lconvert", providers: [.apt(["libv4l-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        library("Files", ["CZip", "CZlib"]),
        library("Kernels", ["COpenBLAS"]),
        library("Tensor", ["Kernels", "Files"]),
        library("CNN", ["Tensor", "Kernels", "Files"]),
        library("Imaging", ["Tensor", "Kernels", "Files", "CPNG", "CTurboJPEG"]),
        library(
            "Train",
            [
                "CNN", "Tensor", "Imaging", "Kernels", "Files",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ], exclude: ["TensorBoard/Event.proto"]),
        library("Capture", ["Imaging", "Kernels", "Files", "CV4L2"]),
        library(
            "Graph",
            [
                "Tensor", "Imaging", "Kernels", "Files",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Collections", package: "swift-collections"),
            ]),
        library(
            "Valence", ["CNN", "Tensor", "Imaging", "Capture", "Graph", "Files"],
            exclude: ["Models/expression.md", "Models/sequential.md", "Songs/songs.md"],
            resources: [
                .copy("Models/expression.safetensors"), .copy("Models/sequential.safetensors"),
                .copy("Songs/songs.csv"),
            ]),
        library(
            "CommandSupport",
            [.product(name: "ArgumentParser", package: "swift-argument-parser")]),
        library(
            "SongsSupport",
            [
                "CommandSupport", "Valence", "Graph", "Imaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "TrainCommand",
            dependencies: [
                "CommandSupport", "Valence", "Train", "CNN", "Tensor", "Imaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: languageSettings),
        .executableTarget(
            name: "InferCommand",
            dependencies: [
                "CommandSupport", "SongsSupport", "Valence", "Capture", "Graph", "CNN", "Tensor",
                "Imaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: languageSettings),
        .executableTarget(
            name: "SongsCommand",
            dependencies: [
                "CommandSupport", "SongsSupport", "Valence", "Graph", "Imaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: languageSettings),

        library("_TestSupport", ["Tensor", "Imaging", "Train"], path: "Tests/_TestSupport"),
        .target(name: "_CAllocationCounter", path: "Tests/_CAllocationCounter"),
        .executableTarget(
            name: "_AllocationProbe",
            dependencies: ["Train", "CNN", "Tensor", "_CAllocationCounter"],
            path: "Tests/_AllocationProbe", swiftSettings: languageSettings),
        .executableTarget(
            name: "_CameraProbe", dependencies: ["Capture", "CV4L2", "Files", "_TestSupport"],
            path: "Tests/_CameraProbe", swiftSettings: librarySettings),
        .executableTarget(name: "_USBCamera", path: "Tests/_USBCamera"),
        tests("FilesTests", ["Files"]),
        tests("KernelsTests", ["Kernels", "Tensor"]),
        tests("TensorTests", ["Tensor", "Files"], resources: [.copy("Fixtures")]),
        tests("CNNTests", ["CNN", "Tensor", "Kernels"]),
        tests("ImagingTests", ["Imaging", "Train", "Tensor", "Files"]),
        tests(
            "TrainTests", ["Train", "CNN", "Tensor", "Imaging", "Files", "Kernels"],
            resources: [.copy("Reference")]),
        tests(
            "CommandSupportTests",
            [
                "CommandSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        tests("TrainCommandTests", ["TrainCommand", "Train", "Tensor", "Imaging"]),
        tests("CaptureTests", ["Capture", "Imaging", "Kernels", "Files", "CV4L2"]),
        tests(
            "GraphTests",
            [
                "Graph", "Imaging", "Kernels", "Tensor", "Files",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests(
            "ValenceTests",
            ["Valence", "Graph", "Train", "CNN", "Tensor", "Imaging", "Capture", "Files"]),
        tests("InferCommandTests", ["InferCommand", "Valence", "Graph", "Capture", "Imaging"]),
        tests("SongsCommandTests", ["SongsCommand", "Valence", "Graph", "Imaging"]),
        tests("PackageTests", [], exclude: ["Consumer"]),
    ],
    swiftLanguageModes: [.v6]
)

if Context.environment["VALENCE_DOCUMENTATION"] != nil {
    // Only who builds the documentation resolves the plugin; a package that depends on this one
    // does not.
    package.dependencies.append(
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
