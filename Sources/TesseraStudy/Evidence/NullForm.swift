import TesseraMath
import TesseraSegmentation

/// Answers as numbers that a set without groups can imitate, and back.
///
/// Categories without an order have none to correlate by, so they are ranked by their score on the
/// first axis of a multiple correspondence analysis of all questions: the order in which they go
/// along with the rest.
struct NullForm: Sendable {
  private let items: [Item]
  /// For each item the rank of each code, from 1; `nil` where codes keep their order.
  private let ranks: [[Int]?]

  /// Numbers of more different answers are cut into so many parts of equal size for the analysis.
  private static let parts = 4
  /// More categories in all are not analysed; codes keep their order.
  private static let mostCategories = 600

  /// Ranks the categories of a table.
  ///
  /// - Complexity: O(*n* · *d*²) and a decomposition in the number of categories.
  init(_ table: ItemTable) {
    items = table.items
    let isNominal = table.items.map { item -> Bool in
      if case .nominal(let categories) = item.measurement { categories > 2 } else { false }
    }
    var ranks = [[Int]?](repeating: nil, count: table.items.count)
    let sizes = table.items.map {
      $0.measurement.categories > 0 ? $0.measurement.categories : Self.parts
    }
    let total = sizes.reduce(0, +)
    if isNominal.contains(true), table.items.count > 1, total <= Self.mostCategories,
      let scores = Self.scores(table, sizes: sizes, total: total)
    {
      var first = 0
      for (place, size) in sizes.enumerated() {
        if isNominal[place] {
          let own = Array(scores[first..<first + size])
          let order = own.indices.sorted { (own[$0], $0) < (own[$1], $1) }
          var rank = [Int](repeating: 0, count: size)
          for (position, code) in order.enumerated() { rank[code] = position + 1 }
          ranks[place] = rank
        }
        first += size
      }
    }
    self.ranks = ranks
  }

  /// Respondents × items, categories by their ranks, NaN for none.
  func numbers(_ table: ItemTable) -> Matrix {
    var result = Matrix(rows: table.respondentCount, columns: items.count)
    for (column, item) in table.items.enumerated() {
      if case .numbers(let numbers) = item.answers {
        for row in 0..<table.respondentCount { result[row, column] = numbers[row] }
        continue
      }
      for row in 0..<table.respondentCount {
        let code = item.code(row)
        result[row, column] =
          code > 0 ? Double(ranks[column].map { $0[code - 1] } ?? code) : .nan
      }
    }
    return result
  }

  /// Numbers as answers to the items.
  ///
  /// - Throws: ``SegmentationError`` never in practice: the form is that of a table.
  func table(_ set: RespondentMatrix) throws(SegmentationError) -> ItemTable {
    let made = items.enumerated().map { column, item -> Item in
      let numbers = set.values.column(column)
      var codes: [Int] = []
      if let rank = ranks[column] {
        codes = [Int](repeating: 0, count: rank.count + 1)
        for (code, position) in rank.enumerated() { codes[position] = code + 1 }
      }
      func code(_ number: Double) -> Int {
        number.isNaN ? 0 : codes.isEmpty ? Int(number) : codes[Int(number)]
      }
      let answers: Item.Answers =
        switch item.answers {
        case .numbers: .numbers(numbers)
        case .codes: .codes(numbers.map { UInt8(code($0)) })
        case .wideCodes: .wideCodes(numbers.map { UInt16(code($0)) })
        }
      return Item(name: item.name, measurement: item.measurement, answers: answers)
    }
    return try ItemTable(
      respondentCount: set.values.rows, items: made, weights: set.weights)
  }

  /// The first score of each category, by the table of all pairs of questions.
  private static func scores(_ table: ItemTable, sizes: [Int], total: Int) -> [Double]? {
    let weights = table.weights.effective(count: table.respondentCount)
    let codes = zip(table.items, sizes).map { item, size -> [Int] in
      guard case .numbers(let numbers) = item.answers else {
        return (0..<table.respondentCount).map { item.code($0) }
      }
      let known = numbers.filter { !$0.isNaN }
      let cuts = (1..<size).compactMap {
        Descriptive.quantile(Double($0) / Double(size), of: known)
      }
      return numbers.map { number in number.isNaN ? 0 : 1 + cuts.count { number > $0 } }
    }
    var starts: [Int] = []
    var start = 0
    for size in sizes {
      starts.append(start)
      start += size
    }
    var pairs = Matrix(rows: total, columns: total)
    for row in 0..<table.respondentCount {
      let places = codes.indices.compactMap { column in
        codes[column][row] > 0 ? starts[column] + codes[column][row] - 1 : nil
      }
      for one in places {
        for other in places { pairs[one, other] += weights[row] }
      }
    }
    guard pairs.values.contains(where: { $0 > 0 }),
      let analysis = try? CorrespondenceAnalysis(pairs), analysis.columns.columns > 0
    else { return nil }
    return (0..<total).map { analysis.columns[$0, 0] }
  }
}
