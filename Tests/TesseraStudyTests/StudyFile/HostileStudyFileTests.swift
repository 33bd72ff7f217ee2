import Foundation
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct HostileStudyFileTests {
  @Test func `aliases are refused before they can grow`() {
    var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    let letters = Array("abcdefghij")
    for (before, letter) in zip(letters, letters.dropFirst()) {
      let copies = Array(repeating: "*\(before)", count: 10).joined(separator: ",")
      bomb += "\(letter): &\(letter) [\(copies)]\n"
    }
    let report = fault(bomb)
    #expect(report?.code == "E0303")
    #expect(report?.row == 2)
    // As a key, the tree of aliases would have to be compared with other keys.
    #expect(fault(bomb + "? *j\n: 1\n? *i\n: 2\n")?.code == "E0303")
  }

  @Test func `an anchor without an alias, and an alias without an anchor, are refused`() {
    #expect(fault("survey: &here a.csv\n")?.code == "E0303")
    let report = fault("survey:\n  file: a.csv\n  sets: { s: { columns: *_act } }\n")
    #expect(report?.code == "E0303")
    #expect(report?.row == 3)
    #expect(report?.hint?.contains("quotes") == true)
  }

  @Test func `an ampersand and an asterisk inside a text are only text`() throws {
    let study = try StudyFile.parse(
      "title: \"R&D *new* A & B\" # &x\nsurvey: { file: 'a*.csv' }\n", file: "s.yaml")
    #expect(study.title == "R&D *new* A & B")
  }

  @Test(arguments: [
    "k: !!python/object/apply:os.system ['echo x']", "title: !!str 5", "title: !mine x",
    "survey: !!map { file: a }", "segments: { active: !!seq [a] }",
  ])
  func `type tags are refused`(text: String) {
    #expect(
      fault("survey: a.csv\n\(text)\n")?.code == (text.hasPrefix("survey") ? "E0305" : "E0304"))
  }

  @Test(arguments: [
    "title: A\ntitle: B\nsurvey: a.csv\n", "title: A\n\"title\": B\nsurvey: a.csv\n",
    "survey: { file: a.csv, file: b.csv }\n",
  ])
  func `a key twice is refused`(text: String) {
    let report = fault(text)
    #expect(report?.code == "E0305")
    #expect(report?.row != nil)
  }

  @Test func `a key twice in JSON is refused`() {
    let report = fault(#"{"survey":"a.csv","rho":1,"rho":0.5}"#, file: "s.json")
    #expect(report?.code == "E0305")
    #expect(report?.message.contains("'rho'") == true)
  }

  @Test(arguments: [100_000, 900, 400, 30])
  func `deep nesting is refused`(depth: Int) {
    let deep =
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(fault("title: \(deep)\n")?.code == "E0302")
    let report = fault("{\"title\": \(deep)}", file: "s.json")
    #expect(report?.code == "E0302" || report?.code == "E0301")
    let maps = String(repeating: "{a: ", count: depth) + String(repeating: "}", count: depth)
    #expect(fault("title: \(maps)\n")?.code == "E0302")
  }

  @Test func `a file that is too long is refused unread`() {
    let long = "title: A\n" + String(repeating: "# comment\n", count: 120_000)
    #expect(fault(long)?.code == "E0302")
  }

  @Test(arguments: ["", "\n\n", "# nothing\n", "\u{FEFF}", "---\n", "null\n", "~"])
  func `an empty study is told`(text: String) {
    #expect(fault(text)?.code == "E0312")
  }

  @Test func `an empty JSON file is told`() {
    #expect(["E0301", "E0312"].contains(fault("", file: "s.json")?.code))
  }

  @Test(arguments: [
    #"{"survey": "a.csv", "rho": 1,}"#, #"{"survey": "a.csv", "meth"#, #"{"rho": NaN}"#,
    #"{"survey": "\ud800.csv"}"#, "{'survey': 'a.csv'}", "survey: a.csv",
  ])
  func `what is not JSON is refused in a JSON file`(text: String) {
    #expect(fault(text, file: "s.json")?.code == "E0301")
  }

  @Test func `zero characters and lone surrogates are refused`() {
    #expect(fault("survey: \"a\\0.csv\"\n")?.code == "E0311")
    #expect(fault(#"{"survey": "a\u0000.csv"}"#, file: "s.json")?.code == "E0311")
    let raw = fault("title: A\nsurvey: a\0.csv\n")
    #expect(raw?.code == "E0311")
    #expect(raw?.row == 2)
    #expect(fault("survey: \"\\ud800.csv\"\n")?.code == "E0301")
    #expect(fault("survey: a\u{1}.csv\n")?.code == "E0311")
  }

  @Test(arguments: [
    ("survey: a.csv\n  title: B\n", 2), ("survey: [a.csv\ntitle: B\n", 2),
    ("survey: \"a.csv\n", 2), ("survey:\n\tfile: a.csv\n", 2), ("survey: a: b\n", 1),
    ("a.csv\n---\nb.csv\n", 2),
  ])
  func `broken YAML is told with its line`(text: String, line: Int) {
    let report = fault(text)
    #expect(report?.code == "E0301", "\(report?.message ?? "")")
    #expect(report?.row.map { abs($0 - line) <= 1 } == true, "\(report?.row ?? 0)")
  }

  @Test(arguments: ["just words", "- a\n- b\n", "5"])
  func `a study that is no mapping is refused`(text: String) {
    #expect(fault(text)?.code == "E0307")
  }

  @Test func `control characters of a text never reach a message`() {
    let report = fault("survey: a.csv\n\"se\\x1b[31mgments\": 1\n")
    #expect(report?.code == "E0306")
    #expect(report?.message.contains("\u{1B}") == false)
  }

  @Test func `cutting or changing a study anywhere never traps`() {
    let bytes = Array(StudyFileParseTests.full.utf8)
    let marks = Array("{}[]:,-\"'&*!#\n\t %@0".utf8)
    for step in 0..<120 {
      var changed = bytes
      changed[(step * 131) % bytes.count] = marks[step % marks.count]
      let cut = changed.prefix((step * 977) % bytes.count)
      for text in [changed, Array(cut)] {
        _ = try? StudyFile.parse(String(decoding: text, as: UTF8.self), file: "s.yaml")
      }
    }
  }
}
