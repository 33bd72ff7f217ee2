// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Tessera",
  products: [
    // MARK: - Libraries, in the order data flows
    .library(name: "TesseraMath", targets: ["TesseraMath"]),
    .library(name: "TesseraSurvey", targets: ["TesseraSurvey"]),
    .library(name: "TesseraDesign", targets: ["TesseraDesign"]),
    .library(name: "TesseraFiles", targets: ["TesseraFiles"]),
    .library(name: "TesseraSegmentation", targets: ["TesseraSegmentation"]),
    .library(name: "TesseraStudy", targets: ["TesseraStudy"]),
    .library(name: "TesseraProductFit", targets: ["TesseraProductFit"]),
    .library(name: "TesseraWaves", targets: ["TesseraWaves"]),
    .library(name: "TesseraReport", targets: ["TesseraReport"]),
    .library(name: "TesseraTyping", targets: ["TesseraTyping"]),
    // MARK: - Tools
    .executable(name: "tessera", targets: ["tessera"]),
    .executable(name: "tessera-read", targets: ["tessera-read"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: - System libraries
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(name: "CReadStat", providers: [.apt(["libreadstat-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    // MARK: - Libraries
    .target(
      name: "TesseraMath", dependencies: ["COpenBLAS", "CLAPACKE"], swiftSettings: settings),
    .target(name: "TesseraSurvey", swiftSettings: settings),
    .target(
      name: "TesseraDesign", dependencies: ["TesseraMath", "TesseraSurvey"],
      swiftSettings: settings),
    .target(
      name: "TesseraFiles",
      dependencies: ["TesseraSurvey", "CZlib", "CZip", "CExpat", "CXlsxWriter"],
      swiftSettings: settings),
    .target(
      name: "TesseraSegmentation", dependencies: ["TesseraMath", "TesseraDesign"],
      swiftSettings: settings),
    .target(
      name: "TesseraStudy",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraDesign", "TesseraFiles", "TesseraSegmentation",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .target(
      name: "TesseraProductFit",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraDesign", "TesseraSegmentation", "TesseraStudy",
      ],
      swiftSettings: settings),
    .target(
      name: "TesseraWaves",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraDesign", "TesseraSegmentation", "TesseraStudy",
        "TesseraProductFit",
      ],
      swiftSettings: settings),
    .target(
      name: "TesseraReport",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraFiles", "TesseraSegmentation", "TesseraStudy",
        "TesseraProductFit", "TesseraWaves", "CXlsxWriter",
      ],
      resources: [
        .embedInCode("WhatIf/whatif.js"), .embedInCode("Writers/page.js"),
        .embedInCode("Sections/filter.js"),
      ],
      swiftSettings: settings),
    .target(
      name: "TesseraTyping",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraDesign", "TesseraSegmentation", "TesseraStudy",
        "TesseraProductFit",
      ],
      resources: [.embedInCode("Typing/typing.js")], swiftSettings: settings),

    // MARK: - Tools
    .executableTarget(
      name: "tessera",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraFiles", "TesseraSegmentation", "TesseraStudy",
        "TesseraProductFit", "TesseraWaves", "TesseraReport", "TesseraTyping",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "simulate-needs", dependencies: ["TesseraMath", "TesseraFiles"],
      swiftSettings: settings),
    .executableTarget(
      name: "tessera-bench",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraFiles", "TesseraSegmentation",
        "TesseraProductFit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "simulate-segments",
      dependencies: [
        "TesseraMath", "TesseraSurvey", "TesseraSegmentation", "TesseraStudy", "TesseraWaves",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "simulate-coverage",
      dependencies: ["TesseraMath", "TesseraSurvey", "TesseraStudy", "TesseraProductFit"],
      swiftSettings: settings),
    .executableTarget(
      name: "tessera-read", dependencies: ["CReadStat"], swiftSettings: settings),

    // MARK: - Tests
    .target(
      name: "_TesseraTestSupport",
      dependencies: ["TesseraMath", "TesseraSurvey", "TesseraSegmentation"],
      swiftSettings: settings),
    .testTarget(
      name: "TesseraMathTests", dependencies: ["TesseraMath", "_TesseraTestSupport"],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "TesseraSurveyTests", dependencies: ["TesseraSurvey", "_TesseraTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TesseraDesignTests",
      dependencies: ["TesseraDesign", "TesseraSurvey", "TesseraMath"],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "TesseraFilesTests",
      dependencies: [
        "TesseraFiles", "TesseraSurvey", "TesseraMath", "_TesseraTestSupport", "tessera-read",
      ],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "TesseraSegmentationTests",
      dependencies: ["TesseraSegmentation", "TesseraDesign", "TesseraMath", "_TesseraTestSupport"],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "TesseraStudyTests",
      dependencies: [
        "TesseraStudy", "TesseraSegmentation", "TesseraDesign", "TesseraFiles", "TesseraSurvey",
        "TesseraMath", "_TesseraTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TesseraProductFitTests",
      dependencies: [
        "TesseraProductFit", "TesseraStudy", "TesseraSegmentation", "TesseraDesign",
        "TesseraSurvey", "TesseraMath", "_TesseraTestSupport", "simulate-coverage",
      ],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "TesseraWavesTests",
      dependencies: [
        "TesseraWaves", "TesseraStudy", "TesseraSegmentation", "TesseraDesign", "TesseraSurvey",
        "TesseraMath",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TesseraReportTests",
      dependencies: [
        "TesseraReport", "TesseraProductFit", "TesseraStudy", "TesseraSegmentation", "TesseraFiles",
        "TesseraSurvey", "TesseraMath", "_TesseraTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TesseraTypingTests",
      dependencies: [
        "TesseraTyping", "TesseraFiles", "TesseraStudy", "TesseraSegmentation", "TesseraSurvey",
        "TesseraMath",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TesseraCommandTests",
      dependencies: [
        "tessera", "tessera-read", "TesseraFiles", "TesseraStudy",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "DatasetTests",
      dependencies: [
        "simulate-needs", "simulate-segments", "TesseraFiles", "TesseraStudy", "TesseraSurvey",
        "TesseraSegmentation", "TesseraMath",
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
