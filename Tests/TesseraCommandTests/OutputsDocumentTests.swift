import Foundation
import TesseraStudy
import Testing

/// The data dictionary is held against what a run writes.
@Suite("docs/outputs.md", .timeLimit(.minutes(30)))
struct OutputsDocumentTests {
  private static let document = try? String(
    contentsOf: Command.checkout.appendingPathComponent("docs/outputs.md"), encoding: .utf8)

  /// The keys that the dictionary tells of a file, by path.
  private static func keys(of file: String) throws -> Set<String> {
    let text = try #require(document)
    let section = try #require(text.components(separatedBy: "\n### \(file)\n").dropFirst().first)
    let rows = section.components(separatedBy: "\n### ")[0].matches(of: /\n\| `([^`]+)` \|/)
    return Set(rows.map { String($0.1) })
  }

  /// The paths of every member in a document.
  private static func paths(_ json: JSONValue, _ path: String = "") -> Set<String> {
    var found: Set<String> = []
    for (name, value) in json.members ?? [] {
      let inner = path.isEmpty ? name : "\(path).\(name)"
      found.insert(inner)
      found.formUnion(paths(value, inner))
    }
    for value in json.array ?? [] { found.formUnion(paths(value, path + "[]")) }
    return found
  }

  /// Expects every key of an output in the dictionary, and no key there that is not written.
  static func expectTold(_ json: JSONValue, file: String) throws {
    let keys = try keys(of: file)
    let written = paths(json)
    #expect(written.count > 10)
    for path in written.sorted() { #expect(isTold(path, keys), "\(file): \(path)") }
    for key in keys where !key.contains(".") && !key.contains("[") {
      #expect(written.contains(key), "\(file): \(key)")
    }
  }

  /// Whether a path is told: by itself, under a star, or as a member of what is said to be alike.
  private static func isTold(_ path: String, _ keys: Set<String>) -> Bool {
    let alike = [
      "shortfalls[]": "mismatches[]", "proposals[]": "improvements[]",
      "proposals_per_cost[]": "proposals[]",
    ]
    if keys.contains(path) { return true }
    if keys.contains(where: { $0.hasSuffix(".*") && path.hasPrefix($0.dropLast()) }) {
      return true
    }
    return alike.contains { same in
      path.hasPrefix(same.key) && isTold(same.value + path.dropFirst(same.key.count), keys)
    }
  }

  @Test func `every key and column that a run writes is in the dictionary`() throws {
    let command = try Command()
    defer { command.close() }
    let run = try command.run(
      "run", Command.dataset("coupe-or-suv/study.yaml"), "-o", "out", "--minimum-cell", "1",
      "--replicates", "20", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    func read(_ name: String) throws -> Data {
      try Data(contentsOf: command.folder.appendingPathComponent("out/\(name)"))
    }
    for file in ["segments.json", "profiles.json", "fit.json", "run.json"] {
      let keys = try Self.keys(of: file)
      let written = Self.paths(try JSONValue.parse(try read(file)))
      #expect(written.count > 20)
      for path in written.sorted() { #expect(Self.isTold(path, keys), "\(file): \(path)") }
      // No key is told at the top that no run writes.
      for key in keys where !key.contains(".") && !key.contains("[") && key != "checksum" {
        #expect(written.contains(key) || file == "segments.json", "\(file): \(key)")
      }
    }
    for file in ["segments.csv", "profiles.csv", "fit.csv"] {
      let text = try #require(Self.document)
      let paragraph = text.components(separatedBy: "\n\n").first { $0.hasPrefix("`\(file)`") }
      let told = (paragraph ?? "").matches(of: /`([a-z_]+)`/).map { String($0.1) }
      let header = String(decoding: try read(file), as: UTF8.self).prefix { $0 != "\r\n" }
      #expect(told == header.split(separator: ",").map(String.init), "\(file)")
    }
    // What the folder holds is told too.
    for name in command.files where name.hasPrefix("out/") && !name.contains("charts") {
      #expect(Self.document?.contains("`\(name.dropFirst(4))`") == true, "\(name)")
    }
    #expect(!command.files.contains { $0.hasSuffix(".vl.json") })
  }
}
