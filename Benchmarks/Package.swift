// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "valence-benchmarks",
    dependencies: [
        // Without the name, the folder would have to be called so.
        .package(name: "valence", path: "../")
    ],
    targets: [
        .executableTarget(
            name: "training-step",
            dependencies: [
                .product(name: "CNN", package: "valence"),
                .product(name: "Tensor", package: "valence"),
                .product(name: "Train", package: "valence"),
            ],
            path: "Sources/TrainingStep",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
