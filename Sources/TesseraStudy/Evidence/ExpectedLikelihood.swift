import TesseraMath
import TesseraSegmentation

/// How likely each respondent's answers would be if a model were right: mean and spread of the
/// log-likelihood over sets drawn from it with the same gaps.
///
/// Up to ``mostDrawn`` respondents each has draws of his own. Of more, that many are drawn: who left the
/// same questions unanswered shares mean and spread with them, and for gaps that few of them have both follow
/// from the questions answered and from covariates by least squares. The cost of the draws does not grow
/// with the survey.
struct ExpectedLikelihood {
  /// Respondents for whom sets are drawn at most.
  static let mostDrawn = 5_000
  /// Sets drawn from the model.
  private static let sets = 20
  /// Questions with gaps of which each has a term of its own at most; of more only their number counts.
  private static let mostTerms = 60

  /// By respondent.
  private(set) var means: [Double]
  private(set) var spreads: [Double]
  /// Standardised log-likelihoods of the sets drawn.
  private(set) var nulls: [Double]

  /// Draws the sets.
  ///
  /// - Parameters:
  ///   - model: A model of answers, without gaps as answers.
  ///   - table: The respondents' answers, each row once.
  ///   - stream: Random numbers.
  ///   - workers: Threads.
  /// - Throws: ``SegmentationError`` if model and answers do not go together.
  /// - Complexity: O(min(respondents, 5,000) · items · segments + respondents · terms).
  init(
    _ model: LatentClassModel, _ table: ItemTable, stream: RandomStream, workers: Workers
  ) throws(SegmentationError) {
    let all = table.respondentCount
    let isWhole = all <= Self.mostDrawn
    var choice = stream.split(Self.sets)
    let rows = isWhole ? Array(0..<all) : choice.sample(Self.mostDrawn, below: all)
    let part = isWhole ? table : try table.selecting(rows: rows)
    let data = try LatentClassData(
      part, blocks: model.blocks.map { LatentClass.Block(items: $0.items) },
      directEffects: model.directEffects.map { ItemPair($0.first, $0.second) })
    let drawn = try workers.tryMap(Self.sets) { set throws(SegmentationError) in
      var random = stream.split(set)
      return try model.logLikelihoods(of: model.simulate(like: data, stream: &random).table)
    }
    let count = Double(Self.sets)
    let own = rows.indices.map { row in drawn.reduce(0) { $0 + $1[row] } / count }
    var squares = rows.indices.map { row in
      drawn.reduce(0) { $0 + ($1[row] - own[row]) * ($1[row] - own[row]) }
    }
    means = own
    spreads = []
    nulls = []
    nulls.reserveCapacity(rows.count * Self.sets)
    guard !isWhole else {
      spreads = squares.map { max(($0 / (count - 1)).squareRoot(), Self.leastSpread) }
      for row in rows.indices {
        for set in drawn {
          // Each set against the others, so that its own part in the mean does not flatter it.
          let value = set[row]
          let others = (own[row] * count - value) / (count - 1)
          let off = value - own[row]
          let left = max(squares[row] - off * off * count / (count - 1), 0)
          nulls.append(
            (value - others) / max((left / (count - 2)).squareRoot(), Self.leastSpread))
        }
      }
      return
    }
    for row in squares.indices { squares[row] /= count - 1 }
    let terms = Terms(table, of: rows)
    let place = terms.fitted(own, rows)
    let width = terms.fitted(squares, rows)
    let least = max(
      Self.leastSpread, 0.05 * (squares.reduce(0, +) / Double(rows.count)).squareRoot())
    let known = terms.alike(drawn, rows)
    means = []
    spreads = []
    means.reserveCapacity(all)
    spreads.reserveCapacity(all)
    for row in 0..<all {
      if let same = known[terms.pattern(row)] {
        means.append(same.mean)
        spreads.append(max(same.spread, Self.leastSpread))
      } else {
        means.append(terms.value(place, row))
        spreads.append(max(max(terms.value(width, row), 0).squareRoot(), least))
      }
    }
    for (position, row) in rows.enumerated() {
      for set in drawn { nulls.append((set[position] - means[row]) / spreads[row]) }
    }
  }

  private static let leastSpread = 1e-6

  /// What a respondent's expected likelihood depends on: the questions left unanswered, and covariates.
  private struct Terms {
    private let gaps: [[Bool]]
    private let countsOnly: Bool
    private let covariates: Matrix?

    init(_ table: ItemTable, of rows: [Int]) {
      let all = table.items.map(\.isGap)
      let open = all.indices.filter { item in rows.contains { all[item][$0] } }
      countsOnly = open.count > mostTerms
      gaps = open.map { all[$0] }
      covariates = table.covariates
    }

    /// Respondents with the same gaps of whom mean and spread are taken together, at least.
    private static let fewestAlike = 20

    /// Which questions a respondent left unanswered, as one number.
    func pattern(_ row: Int) -> UInt64 {
      var code: UInt64 = 0xcbf2_9ce4_8422_2325
      for gap in gaps { code = (code ^ (gap[row] ? 2 : 1)) &* 0x100_0000_01b3 }
      return code
    }

    /// Mean and spread over all sets of respondents with the same gaps, where enough are drawn; none
    /// where covariates make each respondent different.
    func alike(_ drawn: [[Double]], _ rows: [Int]) -> [UInt64: (mean: Double, spread: Double)] {
      guard covariates == nil else { return [:] }
      let groups = Dictionary(grouping: rows.indices) { pattern(rows[$0]) }
      return groups.filter { $0.value.count >= Self.fewestAlike }.mapValues { places in
        let values = drawn.flatMap { set in places.map { set[$0] } }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(values.count - 1)).squareRoot())
      }
    }

    /// The terms of one respondent, the intercept first.
    private func row(_ row: Int) -> [Double] {
      var terms = [1.0]
      if countsOnly {
        terms.append(Double(gaps.count { $0[row] }))
      } else {
        for gap in gaps { terms.append(gap[row] ? 1 : 0) }
      }
      if let covariates { terms += covariates.row(row) }
      return terms
    }

    /// Least-squares coefficients of values over some rows; the mean alone where these say no more.
    func fitted(_ values: [Double], _ rows: [Int]) -> [Double] {
      let size = row(rows[0]).count
      var cross = Matrix(rows: size, columns: size)
      var right = [Double](repeating: 0, count: size)
      for (place, one) in rows.enumerated() {
        let terms = row(one)
        for first in terms.indices where terms[first] != 0 {
          right[first] += terms[first] * values[place]
          for second in 0...first { cross[first, second] += terms[first] * terms[second] }
        }
      }
      // A little pull towards 0 for questions that nearly all of those drawn left out.
      for term in 1..<max(1, size) { cross[term, term] += 1e-3 * cross[term, term] + 1e-9 }
      if let found = try? Cholesky(cross) { return found.solve(right) }
      return [right[0] / cross[0, 0]] + [Double](repeating: 0, count: size - 1)
    }

    func value(_ coefficients: [Double], _ row: Int) -> Double {
      var sum = coefficients[0]
      if countsOnly {
        sum += coefficients[1] * Double(gaps.count { $0[row] })
      } else {
        for (place, gap) in gaps.enumerated() where gap[row] { sum += coefficients[1 + place] }
      }
      if let covariates {
        let first = 1 + (countsOnly ? 1 : gaps.count)
        for (place, value) in covariates.row(row).enumerated() {
          sum += coefficients[first + place] * value
        }
      }
      return sum
    }
  }
}

extension Item {
  /// For each respondent whether there is no answer.
  fileprivate var isGap: [Bool] {
    switch answers {
    case .codes(let codes): codes.map { $0 == 0 }
    case .wideCodes(let codes): codes.map { $0 == 0 }
    case .numbers(let numbers): numbers.map(\.isNaN)
    }
  }
}
