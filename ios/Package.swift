// swift-tools-version: 6.0
import PackageDescription

// The generated C interface of the core. Linux links the library that cargo built, which a command
// that builds the package names with -L; Apple's systems get it in an XCFramework.
#if os(Linux)
  let interface = Target.systemLibrary(name: "enhance_ffiFFI")
  let library: [LinkerSetting] = [.linkedLibrary("enhance_ffi")]
#else
  let interface = Target.binaryTarget(name: "enhance_ffiFFI", path: "EnhanceFFI.xcframework")
  let library: [LinkerSetting] = []
#endif

let package = Package(
  name: "EnhanceKit",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [
    .library(name: "EnhanceKit", targets: ["EnhanceKit"]),
    .library(name: "EnhanceKitTesting", targets: ["EnhanceKitTesting"]),
  ],
  targets: [
    interface,
    // Generated code, which Swift 6 would not take as it is.
    .target(
      name: "EnhanceCore",
      dependencies: ["enhance_ffiFFI"],
      swiftSettings: [.swiftLanguageMode(.v5)],
      linkerSettings: library
    ),
    .target(name: "EnhanceKit", dependencies: ["EnhanceCore"]),
    // What GUIDE.md says, taken out of it.
    .target(name: "Guide", dependencies: ["EnhanceKit", "EnhanceKitTesting"], path: "Guide"),
    // What apps and stories are tested with: a core in memory, a server, phones, places for keys.
    .target(name: "EnhanceKitTesting", dependencies: ["EnhanceKit"]),
    // A phone that is a process of its own: tests end it and fill its disk, and it takes figures.
    .executableTarget(name: "enhance-phone", dependencies: ["EnhanceKit", "EnhanceKitTesting"]),
    .testTarget(
      name: "EnhanceKitTests",
      dependencies: ["EnhanceKit", "EnhanceKitTesting", "Guide", "enhance-phone"],
      exclude: ["Databases"]
    ),
  ],
  swiftLanguageModes: [.v6]
)
