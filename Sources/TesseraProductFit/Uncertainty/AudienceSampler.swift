import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A number for each person: one list, or one for each group of segments that know the same products.
typealias MarketColumn = [[Double]]

/// Columns over respondents with their means in every audience, and the same in every replicate.
///
/// Audiences are places: 0 is everybody, then the segments. A mean is the sum of a column over that of
/// its base. Where a person's number depends on the segment, because awareness does, everybody's mean
/// takes each person by the chances of belonging to each segment.
struct AudienceSampler: Sendable {
  /// A column times a number, of a sum.
  typealias Part = (row: Int, factor: Double)

  private let analysis: FitAnalysis
  private let groupOf: [Int]
  private let columns: [Columns.One]
  /// Columns × audiences: sums, then means.
  private let sums: Matrix
  private let means: Matrix
  /// How many replicates there are.
  let count: Int
  /// For each drawn column, audience and replicate its mean.
  private let draws: [Double]
  /// For each column its place among those that are drawn.
  private let drawnAt: [Int]

  /// A mean or a sum of means with its interval.
  struct Spread: Sendable {
    let value: Double
    let se: Double
    let low: Double
    let high: Double

    /// Without the error.
    var told: IntervalEstimate {
      IntervalEstimate(
        value, low: low.isFinite ? low : nil, high: high.isFinite ? high : nil)
    }
  }

  /// Columns as they are collected; the first two count whom the fit can use, and everybody.
  struct Columns: Sendable {
    struct One: Sendable {
      let values: MarketColumn
      let base: Int
      let isDrawn: Bool
    }

    fileprivate var all: [One]
    private let usable: [Double]
    private var bases: [[Bool]: Int] = [:]

    init(_ analysis: FitAnalysis) {
      let isUsable = analysis.model.respondents.isUsable
      usable = isUsable.map { $0 ? 1 : 0 }
      all = [
        One(values: [usable], base: 0, isDrawn: true),
        One(values: [usable.map { _ in 1 }], base: 1, isDrawn: true),
      ]
      bases[isUsable] = 0
    }

    /// Adds a column and says where it stands.
    ///
    /// - Parameters:
    ///   - column: The numbers.
    ///   - base: The column that it is divided by, 0 wherever that is; whom the fit can use if not said.
    ///   - isDrawn: Whether an interval is wanted.
    /// - Returns: Its place.
    mutating func add(
      _ column: MarketColumn, over base: Int? = nil, isDrawn: Bool = true
    ) -> Int {
      let values =
        base == nil ? column.map { zip($0, usable).map { $1 > 0 ? $0 : 0 } } : column
      all.append(One(values: values, base: base ?? 0, isDrawn: isDrawn))
      return all.count - 1
    }

    /// Adds a column that is the same in all segments.
    mutating func add(
      _ values: some Sequence<Double>, over base: Int? = nil, isDrawn: Bool = true
    ) -> Int {
      add([Array(values)], over: base, isDrawn: isDrawn)
    }

    /// The column that counts a group of people, added if it is new.
    mutating func base(_ isUsed: [Bool]) -> Int {
      if let known = bases[isUsed] { return known }
      all.append(One(values: [isUsed.map { $0 ? 1 : 0 }], base: 1, isDrawn: true))
      bases[isUsed] = all.count - 1
      return all.count - 1
    }
  }

  /// Takes columns.
  ///
  /// - Parameters:
  ///   - analysis: The study.
  ///   - groupOf: For each segment its group; all in one if left out.
  ///   - columns: The columns.
  /// - Complexity: O(replicates × respondents × drawn columns × segments).
  init(_ analysis: FitAnalysis, groupOf: [Int]? = nil, _ columns: Columns) {
    let segments = analysis.segments
    let groupOf = groupOf ?? [Int](repeating: 0, count: segments)
    let all = columns.all
    let people = analysis.model.respondents.count
    (self.analysis, self.groupOf, self.columns) = (analysis, groupOf, all)
    var weighted = analysis.segmented.posterior
    for person in 0..<people {
      for segment in 0..<segments {
        weighted[person, segment] *= analysis.segmented.design.weights[person]
      }
    }
    /// Columns × audiences, from the sums of their lists over segments.
    func audiences(_ kept: [Int], _ sums: Matrix) -> Matrix {
      var result = Matrix(rows: kept.count, columns: segments + 1)
      var first = 0
      for (row, column) in kept.enumerated() {
        let isSplit = all[column].values.count > 1
        for segment in 0..<segments {
          let sum = sums[first + (isSplit ? groupOf[segment] : 0), segment]
          result[row, segment + 1] = sum
          result[row, 0] += sum
        }
        first += all[column].values.count
      }
      return result
    }
    func table(_ kept: [Int]) -> Matrix {
      let lists = kept.flatMap { all[$0].values }
      return Matrix(rows: lists.count, columns: people, values: lists.flatMap(\.self))
    }
    let every = Array(all.indices)
    let sums = audiences(every, table(every).multiplied(by: weighted))
    self.sums = sums
    var means = sums
    for column in every {
      for place in 0...segments { means[column, place] /= sums[all[column].base, place] }
    }
    self.means = means
    let isBase = Set(all.filter(\.isDrawn).map(\.base))
    let drawn = every.filter { all[$0].isDrawn || isBase.contains($0) }
    let places = Dictionary(uniqueKeysWithValues: drawn.enumerated().map { ($1, $0) })
    let drawnAt = every.map { places[$0] ?? -1 }
    self.drawnAt = drawnAt
    guard analysis.bootstrap.replicates.count > 0, drawn.count > 2 else {
      (count, draws) = (0, [])
      return
    }
    let samples = analysis.bootstrap.blockSums(table(drawn)).map { audiences(drawn, $0) }
    count = samples.count
    draws = analysis.settings.workers.map(drawn.count) { row -> [Double] in
      let base = drawnAt[all[drawn[row]].base]
      return (0...segments).flatMap { place in
        samples.map { $0[row, place] / $0[base, place] }
      }
    }.flatMap { $0 }
    prevalence = (0...segments).flatMap { place in samples.map { $0[1, place] / $0[1, 0] } }
  }

  /// Audiences × replicates: shares of everybody.
  private var prevalence: [Double] = []

  /// The mean of a column in an audience.
  func mean(_ row: Int, _ place: Int) -> Double { means[row, place] }

  /// The same in every replicate; none without replicates.
  func drawn(_ row: Int, _ place: Int) -> ArraySlice<Double> {
    let start = (drawnAt[row] * means.columns + place) * count
    return draws[start..<start + count]
  }

  /// An audience's share of everybody in every replicate.
  func prevalences(_ place: Int) -> ArraySlice<Double> {
    prevalence[place * count..<(place + 1) * count]
  }

  /// A sum of means in every replicate.
  private func drawn(_ parts: [Part], _ place: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    guard count > 0 else { return sum }
    for part in parts {
      for (replicate, one) in zip(sum.indices, drawn(part.row, place)) {
        sum[replicate] += part.factor * one
      }
    }
    return sum
  }

  /// Whether a sum of means lies above 0, its whole interval.
  func isAbove(_ parts: [Part], _ place: Int) -> Bool {
    // Above 0 in every replicate, its percentiles are so too.
    if count >= 20, !analysis.hasFewClusters,
      drawn(parts, place).allSatisfy({ $0 > 0 })
    {
      return true
    }
    return estimate(parts, place).low.map { $0 > 0 } ?? true
  }

  /// A sum of means with its interval.
  func estimate(_ parts: [Part], _ place: Int) -> IntervalEstimate { spread(parts, place).told }

  /// A sum of means with its error and interval.
  func spread(_ parts: [Part], _ place: Int) -> Spread {
    let value = parts.reduce(0) { $0 + $1.factor * mean($1.row, place) }
    return spread(value, drawn: drawn(parts, place), linear: parts, place)
  }

  /// The elasticity between two shares at prices 10% of their middle apart.
  func elasticity(_ below: Int, _ above: Int, _ place: Int) -> IntervalEstimate? {
    let (one, other) = (mean(below, place), mean(above, place))
    guard one + other > 0 else { return nil }
    // Its slopes: what a little more of either share does.
    let slope = 4 / (2 * PriceTrial.reach) / ((one + other) * (one + other))
    return spread(
      PriceTrial.arc(one, other),
      drawn: count == 0
        ? [] : zip(drawn(below, place), drawn(above, place)).map { PriceTrial.arc($0, $1) },
      linear: [(below, -slope * other), (above, slope * one)], place
    ).told
  }

  /// A number with its interval: from replicates, or else from the linear parts of its deviation.
  func spread(
    _ value: Double, drawn: [Double], linear: [Part], _ place: Int
  ) -> Spread {
    let isDrawn = drawn.count { $0.isFinite } >= 20
    let spread = analysis.interval(
      value, linearised: isDrawn ? .nan : error(linear, place), drawn)
    return Spread(value: value, se: spread.se, low: spread.low, high: spread.high)
  }

  /// The linearised error of a sum of means.
  private func error(_ parts: [Part], _ place: Int) -> Double {
    guard !parts.isEmpty else { return .nan }
    let (weights, posterior) = (
      analysis.segmented.design.weights, analysis.segmented.posterior
    )
    var sum = [Double](repeating: 0, count: weights.count)
    for part in parts {
      let base = columns[part.row].base
      let (own, its) = (
        effective(columns[part.row].values, place), effective(columns[base].values, place)
      )
      let (mean, factor) = (means[part.row, place], part.factor / sums[base, place])
      for person in sum.indices {
        let weight = weights[person] * (place > 0 ? posterior[person, place - 1] : 1)
        if weight > 0 { sum[person] += factor * weight * (own[person] - mean * its[person]) }
      }
    }
    return analysis.population.error(ofSum: sum)
  }

  /// A column as it counts in an audience.
  private func effective(_ column: MarketColumn, _ place: Int) -> [Double] {
    guard column.count > 1 else { return column[0] }
    guard place == 0 else { return column[groupOf[place - 1]] }
    let posterior = analysis.segmented.posterior
    return column[0].indices.map { person in
      groupOf.indices.reduce(0) {
        $0 + posterior[person, $1] * column[groupOf[$1]][person]
      }
    }
  }
}
