import Foundation
import TesseraDesign
import TesseraMath
import TesseraSurvey

/// The school samples of the R package survey.
struct PublishedDesign {
  /// Elementary, high or middle school, from 1.
  let schoolType: [Int]
  /// Whether the school met its target: 1 no, 2 yes.
  let target: [Int]
  let score: [Double]
  /// Pupils; NaN where nobody counted them.
  let pupils: [Double]
  /// Weights as they stand in the file.
  let weights: [Double]
  let design: SurveyDesign

  enum Sample: String {
    /// Districts were drawn, and all their schools taken.
    case apiclus1
    /// Districts were drawn, and schools within them; taken as if districts were drawn with
    /// replacement.
    case apiclus2
    /// Schools were drawn within the three types.
    case apistrat
    /// The same, as if there were one stratum and no end of schools.
    case weightsAlone = "apistrat "
  }

  init(
    _ sample: Sample, lonely: SurveyDesign.LonelyUnits? = nil, isFinite: Bool = true
  ) throws {
    let name = sample.rawValue.filter { $0 != " " }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/survey/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let types = rows.map { ["E": 1, "H": 2, "M": 3][String($0[0])] ?? 0 }
    schoolType = types
    target = rows.map { $0[2] == "Yes" ? 2 : 1 }
    score = rows.map { Double($0[3]) ?? .nan }
    pupils = rows.map { Double($0[4]) ?? .nan }
    weights = rows.map { Double($0[6]) ?? 0 }
    let districts = rows.map { Int($0[1]) ?? 0 }
    var strata = sample == .apistrat ? types : []
    var populations = rows.map { Double($0[5]) ?? 1 }
    // One school in a stratum of its own, of a hundred.
    if lonely != nil { (strata[0], populations[0]) = (0, 100) }
    var fractions: [Double] = []
    if isFinite, sample == .apistrat || sample == .apiclus1 {
      let drawn = sample == .apiclus1 ? [] : strata
      let units = Double(Set(districts).count)
      fractions = populations.indices.map { row in
        (drawn.isEmpty ? units : Double(drawn.count { $0 == drawn[row] })) / populations[row]
      }
    }
    design = SurveyDesign(
      kind: .sampling, weights: weights, strata: strata,
      clusters: sample == .apiclus1 || sample == .apiclus2 ? districts : [],
      fractions: fractions, lonely: lonely ?? .join)
  }

  /// Mean scores and their errors among schools of which something holds.
  func mean(where isUsed: (Int) -> Bool = { _ in true }) -> (mean: Double, error: Double) {
    let schools = DomainEstimator.everybody(
      design: design, isUsed: score.indices.map(isUsed))
    let means = schools.means(score)
    return (means[0], schools.errors(score, means: means)[0])
  }
}
