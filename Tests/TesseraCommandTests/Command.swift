import Foundation
import TesseraStudy

/// Runs the built command as a user would, in a folder of its own.
struct Command {
  /// What a run of the command left behind.
  struct Result {
    /// Exit status.
    let status: Int32
    /// Standard output.
    let output: String
    /// Standard error.
    let errors: String

    /// Standard output as JSON; `null` if it is none.
    var json: JSONValue { (try? JSONValue.parse(Data(output.utf8))) ?? .null }
  }

  /// Folder the command runs in.
  let folder: URL

  /// Makes an empty folder.
  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func close() { try? FileManager.default.removeItem(at: folder) }

  /// Root of the checkout.
  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A table of answer patterns, published and cited beside it.
  static func fixture(_ name: String) -> String {
    checkout.appendingPathComponent("Tests/TesseraSegmentationTests/Fixtures/LatentClass/\(name)")
      .path
  }

  /// A file of the data sets.
  static func dataset(_ name: String) -> String {
    checkout.appendingPathComponent("datasets/\(name)").path
  }

  /// Writes a file into the folder.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// Names of the files in the folder, below it too.
  var files: [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
  }

  /// Runs the command.
  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// The command, ready to be started.
  private func process(_ arguments: [String]) throws -> Process {
    let process = Process()
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    process.executableURL = URL(fileURLWithPath: own).deletingLastPathComponent()
      .appendingPathComponent("tessera")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Starts the command, and leaves it to itself.
  func start(_ arguments: [String]) throws -> Process {
    let process = try process(arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the command, with settings of the environment besides.
  func run(
    _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let process = try process(arguments)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = folder.appendingPathComponent(".out-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent(".err-\(UUID().uuidString)")
    for file in [output, errors] {
      try Data().write(to: file)
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let pipe = input.map { _ in Pipe() }
    if let pipe { process.standardInput = pipe }
    try process.run()
    if let pipe, let input {
      try pipe.fileHandleForWriting.write(contentsOf: input)
      try pipe.fileHandleForWriting.close()
    }
    process.waitUntilExit()
    let result = Result(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    for file in [output, errors] { try FileManager.default.removeItem(at: file) }
    return result
  }
}
