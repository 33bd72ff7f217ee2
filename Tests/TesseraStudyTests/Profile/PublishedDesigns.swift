import Foundation
import TesseraSurvey

/// The school samples of the R package survey.
struct PublishedDesign {
  let schoolType: [Int]
  let target: [Int]
  let score: [Double]
  let design: SurveyDesign
  let fractions: [Double]

  init(_ name: String, clustered: Bool) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/survey/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    schoolType = rows.map { ["E": 1, "H": 2, "M": 3][String($0[0])] ?? 0 }
    target = rows.map { $0[2] == "Yes" ? 2 : 1 }
    score = rows.map { Double($0[3]) ?? .nan }
    let districts = rows.map { Int($0[1]) ?? 0 }
    design = SurveyDesign(
      kind: .sampling, weights: rows.map { Double($0[6]) ?? 0 },
      clusters: clustered ? districts : [])
    let drawn = Double(clustered ? Set(districts).count : rows.count)
    fractions = rows.map { drawn / (Double($0[5]) ?? 1) }
  }
}
