import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Small studies made in memory.
enum Made {
  /// A column of codes from 1, with labels; 0 is missing.
  static func nominal(
    _ name: String, _ codes: [Int], labels: [String], level: MeasurementLevel = .nominal,
    label: String = ""
  ) -> Variable {
    Variable(
      name: name, label: label, level: level,
      categories: labels.enumerated().map {
        Category(code: .number(Double($0.offset + 1)), label: $0.element)
      },
      answers: AnswerColumn(positions: codes, categoryCount: labels.count))
  }

  /// A column of numbers; NaN is missing.
  static func numeric(
    _ name: String, _ numbers: [Double], level: MeasurementLevel = .numeric
  ) -> Variable {
    Variable(name: name, level: level, answers: .numbers(numbers))
  }

  /// A 0/1 column, a member of a set.
  static func member(_ name: String, _ chosen: [Int], label: String = "") -> Variable {
    Variable(
      name: name, label: label, level: .nominal,
      categories: [Category(code: .number(0)), Category(code: .number(1))],
      answers: AnswerColumn(positions: chosen.map { $0 + 1 }, categoryCount: 2))
  }

  static func data(
    _ variables: [Variable], sets: [MultipleResponseSet] = [], design: SurveyDesign? = nil
  ) -> StudyData {
    let survey = Survey(variables: variables, sets: sets)
    let design = design ?? .unweighted(survey.respondentCount)
    return StudyData(
      survey: survey, design: design, weightSum: design.weights.reduce(0, +),
      sourceRows: Array(0..<survey.respondentCount),
      ids: (0..<survey.respondentCount).map { "r\($0)" })
  }

  /// Two kinds of people who differ in five questions; the kind of each stands beside.
  static func planted(
    _ count: Int, seed: UInt64 = 1, gaps: Double = 0
  ) -> (variables: [Variable], kind: [Int]) {
    var random = RandomStream(seed: seed)
    var kind: [Int] = []
    var marital: [Int] = []
    var sport: [Int] = []
    var opera: [Int] = []
    var size: [Double] = []
    var outlook: [Int] = []
    for _ in 0..<count {
      let family = random.uniform() < 0.65
      kind.append(family ? 0 : 1)
      func gap() -> Bool { random.uniform() < gaps }
      let married = random.uniform() < (family ? 0.9 : 0.1)
      marital.append(gap() ? 0 : married ? 1 : 2)
      sport.append(random.uniform() < (family ? 0.2 : 0.85) ? 1 : 0)
      opera.append(random.uniform() < (family ? 0.15 : 0.7) ? 1 : 0)
      let mean = family ? 4.0 : 1.5
      let number = mean + 0.8 * random.normal()
      size.append(gap() ? .nan : number)
      let box = Int((random.uniform() * 2).rounded(.down)) + (family ? 1 : 3)
      outlook.append(gap() ? 0 : box)
    }
    return (
      [
        nominal("marital", marital, labels: ["married", "single"], label: "Marital status"),
        member("does_sport", sport, label: "Sport"), member("does_opera", opera, label: "Opera"),
        numeric("home", size),
        nominal(
          "outlook", outlook, labels: ["bleak", "dim", "fair", "bright"], level: .ordinal),
      ], kind
    )
  }

  static let pastimes = MultipleResponseSet(
    name: "pastimes", label: "", members: ["does_sport", "does_opera"],
    coding: .dichotomy(chosen: .number(1)))

  static func declaration(
    _ active: [String] = ["marital", "pastimes", "home", "outlook"],
    count: SegmentCount = .exactly(2)
  ) -> SegmentsDeclaration {
    var declaration = SegmentsDeclaration()
    declaration.active = active
    declaration.count = count
    declaration.stability = 0
    return declaration
  }
}
