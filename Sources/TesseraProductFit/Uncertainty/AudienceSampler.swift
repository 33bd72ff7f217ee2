import TesseraDesign
import TesseraMath
import TesseraStudy

/// Columns over respondents with their means in every audience, and the same in every replicate.
///
/// Audiences are places: 0 is everybody, then the segments.
struct AudienceSampler: Sendable {
  /// A column times a number, of a sum.
  typealias Part = (row: Int, factor: Double)

  private let analysis: FitAnalysis
  private let columns: Matrix
  /// For each column which group of people has it.
  private let groups: [Int]
  private let estimators: [(wide: DomainEstimator, narrow: DomainEstimator)]
  /// Columns × audiences.
  private let means: Matrix
  /// How many replicates there are.
  let count: Int
  /// Columns x audiences x replicates: means.
  private let draws: [Double]
  /// Audiences x replicates: shares of everybody.
  private let shares: [Double]

  /// Takes columns.
  ///
  /// - Parameters:
  ///   - analysis: The study.
  ///   - groups: Groups of people; the first is those whom the fit can use.
  ///   - columns: Each with the position of its group; 0 for people outside it.
  /// - Complexity: O(replicates × respondents × columns × segments).
  init(_ analysis: FitAnalysis, groups: [[Bool]], columns: [(group: Int, values: [Double])]) {
    let people = analysis.model.respondents.count
    let (segmented, segments) = (analysis.segmented, analysis.segments)
    self.analysis = analysis
    self.groups = columns.map(\.group)
    self.columns = Matrix(
      rows: columns.count, columns: people, values: columns.flatMap(\.values))
    estimators = groups.enumerated().map { place, isUsed in
      place == 0
        ? (analysis.population, analysis.estimator)
        : (
          .everybody(design: segmented.design, isUsed: isUsed),
          DomainEstimator(
            membership: segmented.posterior, design: segmented.design, isUsed: isUsed)
        )
    }
    var means = Matrix(rows: columns.count, columns: segments + 1)
    for group in groups.indices {
      let own = columns.indices.filter { columns[$0].group == group }
      guard !own.isEmpty else { continue }
      let matrix = Matrix(
        rows: own.count, columns: people, values: own.flatMap { columns[$0].values })
      let (wide, narrow) = (
        estimators[group].wide.means(matrix), estimators[group].narrow.means(matrix)
      )
      for (place, row) in own.enumerated() {
        means[row, 0] = wide[place, 0]
        for segment in 0..<segments { means[row, segment + 1] = narrow[place, segment] }
      }
    }
    self.means = means
    guard analysis.bootstrap.replicates.count > 0 else {
      (count, draws, shares) = (0, [], [])
      return
    }
    // A base for each group, everybody, then the columns.
    let bases = groups.map { $0.map { $0 ? 1.0 : 0 } }
    let sums = analysis.bootstrap.blockSums(
      Matrix(
        rows: groups.count + 1 + columns.count, columns: people,
        values: bases.flatMap { $0 } + [Double](repeating: 1, count: people)
          + self.columns.values))
    count = sums.count
    let first = groups.count + 1
    draws = analysis.settings.workers.map(columns.count) { row -> [Double] in
      let group = columns[row].group
      return (0...segments).flatMap { place in
        sums.map { sums in
          place > 0
            ? sums[first + row, place - 1] / sums[group, place - 1]
            : sums.total(first + row) / sums.total(group)
        }
      }
    }.flatMap { $0 }
    shares = (0...segments).flatMap { place in
      sums.map { place > 0 ? $0[groups.count, place - 1] / $0.total(groups.count) : 1 }
    }
  }

  /// The mean of a column in an audience.
  func mean(_ row: Int, _ place: Int) -> Double { means[row, place] }

  /// The same in every replicate; none without replicates.
  func drawn(_ row: Int, _ place: Int) -> ArraySlice<Double> {
    let start = (row * means.columns + place) * count
    return draws[start..<start + count]
  }

  /// An audience's share of everybody in every replicate.
  func prevalences(_ place: Int) -> ArraySlice<Double> {
    shares[place * count..<(place + 1) * count]
  }

  /// A sum of means in every replicate.
  private func drawn(_ parts: [Part], _ place: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
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
  func estimate(_ parts: [Part], _ place: Int) -> IntervalEstimate {
    let value = parts.reduce(0) { $0 + $1.factor * mean($1.row, place) }
    return told(value, drawn: drawn(parts, place), linear: count == 0 ? parts : [], place)
  }

  /// The elasticity between two shares at prices 10% of their middle apart.
  func elasticity(_ below: Int, _ above: Int, _ place: Int) -> IntervalEstimate? {
    func arc(_ below: Double, _ above: Double) -> Double {
      (above - below) / ((above + below) / 2) / (2 * PriceTrial.reach)
    }
    let (one, other) = (mean(below, place), mean(above, place))
    guard one + other > 0 else { return nil }
    // Its slopes: what a little more of either share does.
    let slope = 4 / (2 * PriceTrial.reach) / ((one + other) * (one + other))
    return told(
      arc(one, other), drawn: zip(drawn(below, place), drawn(above, place)).map { arc($0, $1) },
      linear: count == 0 ? [(below, -slope * other), (above, slope * one)] : [], place)
  }

  /// A number with its interval: from replicates, or else from the linear parts of its deviation.
  func told(
    _ value: Double, drawn: [Double], linear: [Part], _ place: Int
  ) -> IntervalEstimate {
    var error = Double.nan
    if !linear.isEmpty {
      var sum = [Double](repeating: 0, count: columns.columns)
      for part in linear {
        let estimator =
          place == 0 ? estimators[groups[part.row]].wide : estimators[groups[part.row]].narrow
        let (column, middle) = (max(0, place - 1), mean(part.row, place))
        for person in sum.indices {
          let share = estimator.shares[person, column]
          if share != 0 {
            sum[person] += part.factor * share * (columns[part.row, person] - middle)
          }
        }
      }
      error = analysis.population.error(ofSum: sum)
    }
    let spread = analysis.interval(value, linearised: error, drawn)
    return IntervalEstimate(
      value, low: spread.low.isFinite ? spread.low : nil,
      high: spread.high.isFinite ? spread.high : nil)
  }
}

extension Matrix {
  /// The sum of a row.
  fileprivate func total(_ row: Int) -> Double {
    var sum = 0.0
    for column in 0..<columns { sum += self[row, column] }
    return sum
  }
}
