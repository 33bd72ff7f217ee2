import Foundation
import TesseraMath
import TesseraSegmentation

extension SyntheticSurvey {
  /// The 24 boxes and scales, gaps kept, for latent classes.
  func items() throws -> ItemTable {
    try ItemTable(respondentCount: count, items: boxItems + scaleItems)
  }

  /// All 32 questions as a study takes them: age and income as numbers, people in the household as a
  /// count, education and scales in order, gaps kept.
  func questions() throws -> ItemTable {
    func ordinal(_ name: String, _ categories: Int, _ codes: [UInt8]) -> Item {
      Item(
        name: name,
        measurement: .ordinal(categories: categories, as: .adjacentCategory(scores: [])),
        answers: .codes(codes))
    }
    let amounts = logged.prefix(2).enumerated().map { place, column in
      Item(
        name: Self.numberNames[place], measurement: .gaussian(variance: .perClass),
        answers: .numbers(scaled(column)))
    }
    let household = Item(
      name: Self.numberNames[2], measurement: .poisson, answers: .numbers(numbers[2]))
    let nominal = choices.map { choice in
      Item(
        name: choice.name, measurement: .nominal(categories: choice.answers.count),
        answers: .codes(choice.codes))
    }
    return try ItemTable(
      respondentCount: count,
      items: amounts + [household, ordinal("education", 6, education)] + nominal + boxItems
        + scales.enumerated().map { ordinal("pain_\($0 + 1)", 5, $1) })
  }

  /// All 32 questions: 16 numbers and 16 choices, a gap in a choice being an answer of its own and
  /// one in a number the mean, as the packages compared with need it.
  func mixed() throws -> ItemTable {
    try ItemTable(respondentCount: count, items: numericItems + choiceItems(boxes: boxItems))
  }

  /// 29 questions as choices, a gap being an answer of its own.
  func categories() throws -> ItemTable {
    let ordinal = Item(
      name: "education", measurement: .nominal(categories: 6), answers: .codes(education))
    return try ItemTable(
      respondentCount: count,
      items: choiceItems(boxes: [ordinal] + boxItems + scaleItems))
  }

  /// 59 standardised columns: numbers, boxes, scales, and an indicator for each answer.
  func matrix() throws -> RespondentMatrix {
    try RespondentMatrix(Matrix(columns: plainColumns + indicators()))
  }

  /// The 24 columns of boxes and scales as they stand, gaps at the mean.
  func answerMatrix() throws -> RespondentMatrix {
    try RespondentMatrix(
      Matrix(columns: (boxes + scales).map { filled($0.map(Self.number)) }))
  }

  private var boxItems: [Item] {
    boxes.enumerated().map { place, codes in
      Item(name: "sm_\(place + 1)", measurement: .binary, answers: .codes(codes))
    }
  }

  private var scaleItems: [Item] {
    scales.enumerated().map { place, codes in
      Item(
        name: "pain_\(place + 1)", measurement: .nominal(categories: 5), answers: .codes(codes))
    }
  }

  private var numericItems: [Item] {
    let columns = logged + [education.map(Self.number)] + scales.map { $0.map(Self.number) }
    return columns.enumerated().map { place, column in
      Item(
        name: "number_\(place + 1)", measurement: .gaussian(variance: .perClass),
        answers: .numbers(standardised(column)))
    }
  }

  private func choiceItems(boxes: [Item]) -> [Item] {
    let nominal = choices.map { choice in
      Item(
        name: choice.name, measurement: .nominal(categories: choice.answers.count),
        answers: .codes(choice.codes))
    }
    return (nominal + boxes).map { item in
      guard case .codes(let codes) = item.answers else { return item }
      let categories = item.measurement.categories + 1
      return Item(
        name: item.name, measurement: .nominal(categories: categories),
        answers: .codes(codes.map { $0 == 0 ? UInt8(categories) : $0 }))
    }
  }

  private var logged: [[Double]] { [numbers[0], numbers[1].map { log($0) }, numbers[2]] }

  private var plainColumns: [[Double]] {
    (logged + (boxes + scales).map { $0.map(Self.number) }).map(standardised)
  }

  private func indicators() -> [[Double]] {
    let answered = [(education, 6)] + choices.map { ($0.codes, $0.answers.count) }
    return answered.flatMap { codes, categories in
      (1...categories).map { category in
        standardised(codes.map { $0 == 0 ? .nan : Int($0) == category ? 1 : 0 })
      }
    }
  }

  private static func number(_ code: UInt8) -> Double { code == 0 ? .nan : Double(code) }

  private func standardised(_ column: [Double]) -> [Double] {
    scaled(column).map { $0.isNaN ? 0 : $0 }
  }

  /// With mean 0 and standard deviation 1; gaps stay.
  private func scaled(_ column: [Double]) -> [Double] {
    let (mean, deviation) = Self.spread(column)
    return column.map { ($0 - mean) / deviation }
  }

  private func filled(_ column: [Double]) -> [Double] {
    let mean = Self.spread(column).mean
    return column.map { $0.isNaN ? mean : $0 }
  }

  /// Mean and population standard deviation of what is known.
  private static func spread(_ column: [Double]) -> (mean: Double, deviation: Double) {
    var total = 0.0
    var known = 0.0
    for value in column where !value.isNaN {
      total += value
      known += 1
    }
    let mean = total / known
    var squares = 0.0
    for value in column where !value.isNaN {
      squares += (value - mean) * (value - mean)
    }
    return (mean, (squares / known).squareRoot())
  }
}

extension Matrix {
  /// Puts columns side by side.
  init(columns: [[Double]]) {
    let height = columns.first?.count ?? 0
    self.init(rows: height, columns: columns.count)
    for (place, column) in columns.enumerated() {
      for row in 0..<height {
        values[row * columns.count + place] = column[row]
      }
    }
  }
}
