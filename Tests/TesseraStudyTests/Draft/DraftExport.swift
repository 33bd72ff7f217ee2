import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey
import Testing

/// A column of a small export, made by a rule.
struct DraftColumn {
  let name: String
  let answer: (Int) -> String

  init(_ name: String, _ answer: @escaping (Int) -> String) {
    self.name = name
    self.answer = answer
  }
}

/// What a draft says of a small export.
func draft(
  _ columns: [DraftColumn], rows: Int = 160
) throws -> (text: String, study: StudyFile, warnings: [String], data: StudyData) {
  func cell(_ text: String) -> String {
    text.contains { ",\"\n".contains($0) }
      ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }
  let header = columns.map { cell($0.name) }.joined(separator: ",")
  let body = (0..<rows).map { row in columns.map { cell($0.answer(row)) }.joined(separator: ",") }
  let folder = try StudyFolder(["a.csv": ([header] + body).joined(separator: "\n") + "\n"])
  let file = try SurveyReader.read(["\(folder.path)/a.csv"])
  let draft = StudyDraft.make(from: file, files: ["a.csv"])
  #expect(draft.dropped.isEmpty, "\(draft.dropped)")
  let study = try StudyFile.parse(draft.text, file: "study.yaml")
  let data = try StudyData.make(from: file, declaration: study.survey)
  return (draft.text, study, draft.warnings, data)
}

/// A number that looks like chance, the same each time.
func pick(_ row: Int, _ seed: Int, _ count: Int) -> Int {
  var state = UInt64(row &* 2_654_435_761 &+ seed &* 40_503 &+ 12_345)
  state ^= state >> 13
  state &*= 0x9E37_79B9_7F4A_7C15
  return Int((state >> 33) % UInt64(count))
}

let agreementScale = [
  "Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree",
]
