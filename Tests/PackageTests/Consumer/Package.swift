// swift-tools-version: 6.2
import PackageDescription

/// Where the tests have put a repository with a tag.
let repository = Context.environment["VALENCE_REPOSITORY"] ?? ""

let package = Package(
    name: "consumer",
    dependencies: [.package(url: repository, from: "1.0.0")],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: ["Tensor", "CNN", "Imaging", "Train", "Graph", "Valence", "train"].map { name in
                .product(name: name, package: "valence")
            },
            swiftSettings: [
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ])
    ]
)
