import Foundation
import Testing

@testable import TesseraStudy

/// The table of keys: the parser, the document and the schema all hold what it holds.
struct StudyReferenceTests {
  @Test func `every key stands once, behind the key it belongs to`() {
    let paths = StudyReference.keys.map(\.path)
    #expect(Set(paths).count == paths.count)
    for (place, path) in paths.enumerated() {
      var parent = path.split(separator: ".").dropLast()
      if parent.last == "*" { parent = parent.dropLast() }
      guard !parent.isEmpty else { continue }
      #expect(paths[..<place].contains(parent.joined(separator: ".")), "\(path)")
    }
    #expect(StudyReference.keys.allSatisfy { $0.meaning.hasSuffix(".") && !$0.example.isEmpty })
  }

  @Test func `the document on disk is the table`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "docs/study-reference.md"), encoding: .utf8)
    #expect(
      page == StudyReference.markdown,
      "tessera schema --markdown > docs/study-reference.md writes it anew")
  }

  @Test func `the schema holds every key`() throws {
    let schema = StudyReference.schema
    for key in StudyReference.keys {
      var place = schema
      for part in key.path.split(separator: ".") {
        if part == "*" {
          place = try #require(place["additionalProperties"], "\(key.path)")
        } else {
          place = try #require(place["properties"]?[String(part)], "\(key.path)")
        }
        if case .array(let forms)? = place["anyOf"] { place = forms[0] }
      }
    }
  }

  @Test func `a key that is not in the table is refused, one that is is read`() throws {
    for key in StudyReference.names() where key != "survey" {
      let text = "survey: s.csv\n\(key)x: 1\n"
      #expect(throws: StudyError.self) { try StudyFile.parse(text, file: "s.yaml") }
    }
    for key in StudyReference.keys where !key.path.contains(".") {
      let text = "\(key.path == "survey" ? "" : "survey: s.csv\n")\(key.path): \(key.example)\n"
      #expect(throws: Never.self, "\(text)") { try StudyFile.parse(text, file: "s.yaml") }
    }
    for (path, wrap) in [
      ("survey.", "survey: { file: s.csv, %: @ }"),
      ("segments.", "survey: s.csv\nsegments: { %: @ }"),
    ] {
      for key in StudyReference.keys
      where key.path.hasPrefix(path) && key.path.split(separator: ".").count == 2 {
        if ["survey.file", "survey.weight"].contains(key.path) { continue }
        let text = wrap.replacingOccurrences(of: "%", with: key.name)
          .replacingOccurrences(of: "@", with: key.example)
        #expect(throws: Never.self, "\(text)") { try StudyFile.parse(text, file: "s.yaml") }
      }
    }
  }

  @Test func `the rules of derived variables are those of the table`() {
    let known = Set(StudyReference.names(under: "survey.derive.*"))
    #expect(known == DerivedVariable.allKeys)
  }

  @Test func `a key is found by its path, its last part, or a name of one's own in it`() {
    #expect(StudyReference.find("survey.filter").map(\.path) == ["survey.filter"])
    #expect(StudyReference.find("trim").map(\.path) == ["survey.weights.trim"])
    #expect(StudyReference.find("needs.room.importance").map(\.path) == ["needs.*.importance"])
    #expect(StudyReference.find("filtr").isEmpty)
    #expect(StudyReference.question("filtr")?.contains("filter") == true)
  }
}
