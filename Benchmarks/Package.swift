// swift-tools-version: 6.2
import PackageDescription

let languageSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "valence-benchmarks",
    dependencies: [
        // Without the name, the folder would have to be called so.
        .package(name: "valence", path: "../")
    ],
    targets: [
        .executableTarget(
            name: "faces-side",
            dependencies: [.product(name: "Imaging", package: "valence")],
            path: "Sources/FacesSide", swiftSettings: languageSettings),
        .executableTarget(
            name: "songs-side",
            dependencies: [.product(name: "Graph", package: "valence")],
            path: "Sources/SongsSide", swiftSettings: languageSettings),
        .executableTarget(
            name: "valence-side",
            dependencies: [
                .product(name: "CNN", package: "valence"),
                .product(name: "Imaging", package: "valence"),
                .product(name: "Tensor", package: "valence"),
                .product(name: "Train", package: "valence"),
            ],
            path: "Sources/ValenceSide", swiftSettings: languageSettings),
    ],
    swiftLanguageModes: [.v6]
)
