public import TesseraStudy
import TesseraSurvey

/// The people of one wave, as the study reads them.
public struct SurveyWave: Sendable {
  /// What a reader sees.
  public let name: String
  /// The respondents with their design.
  public let data: StudyData

  /// Names a wave.
  public init(name: String, data: StudyData) {
    self.name = name
    self.data = data
  }

  /// The waves of a survey that holds several, by the column that says which.
  ///
  /// - Parameters:
  ///   - data: The respondents of all waves.
  ///   - column: The column; waves stand in the order of its answers.
  /// - Returns: A wave for each answer that somebody gave; people without one are left out.
  public static func split(_ data: StudyData, by column: String) -> [SurveyWave] {
    guard let variable = data.survey[column] else { return [] }
    var rows: [Int: [Int]] = [:]
    var names: [Int: String] = [:]
    if variable.answers.isCoded {
      for row in 0..<variable.answers.count {
        let position = variable.answers.position(row)
        guard position > 0 else { continue }
        rows[position, default: []].append(row)
        names[position] = variable.categories[position - 1].label
      }
    } else {
      let numbers = variable.numbers
      let values = Set(numbers.filter { !$0.isNaN }).sorted()
      for (row, number) in numbers.enumerated() {
        guard let place = values.firstIndex(of: number) else { continue }
        rows[place, default: []].append(row)
        names[place] = AnswerCode.number(number).text
      }
    }
    return rows.keys.sorted().map { key in
      SurveyWave(name: names[key] ?? "", data: data.selecting(rows[key] ?? []))
    }
  }

  /// The wave with a row for each respondent, where rows stand for several.
  func repeated() throws(StudyError) -> SurveyWave {
    guard data.design.kind == .frequency else { return self }
    let rows = data.design.weights.enumerated().flatMap { row, weight in
      [Int](repeating: row, count: Int(weight.rounded()))
    }
    guard rows.count <= Self.mostRows else {
      throw StudyError(
        code: "E0531",
        message: "wave '\(name)' stands for \(rows.count) respondents, too many to be tracked",
        hint: "track a sample of at most \(Self.mostRows) respondents per wave")
    }
    return SurveyWave(
      name: name,
      data: StudyData(
        survey: data.survey.selecting(rows),
        design: SurveyDesign(
          kind: .none, weights: rows.map { _ in 1 },
          strata: data.design.strata.isEmpty ? [] : rows.map { data.design.strata[$0] },
          clusters: data.design.clusters.isEmpty ? [] : rows.map { data.design.clusters[$0] }),
        weightSum: Double(rows.count), sourceRows: rows.map { data.sourceRows[$0] }))
  }

  private static let mostRows = 500_000
}
