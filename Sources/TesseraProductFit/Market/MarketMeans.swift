import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A number for each person, one column for each group of segments with the same chances of products.
typealias MarketColumn = [[Double]]

/// Means of columns over audiences, with the replicates of the study.
///
/// A person's number may depend on the segment, because awareness does; then everybody's mean takes
/// each person by the chances of belonging to each segment.
struct MarketMeans: Sendable {
  private let analysis: FitAnalysis
  private let groupOf: [Int]
  private let columns: [MarketColumn]
  /// For each column the one that it is divided by: 0 is everybody who counts.
  private let bases: [Int]
  /// Columns × audiences, everybody first.
  private let values: Matrix
  private let drawn: [Matrix]

  /// A number with its interval.
  struct Estimate: Sendable {
    let value: Double
    let se: Double
    let low: Double
    let high: Double
  }

  /// Takes means of columns.
  ///
  /// - Parameters:
  ///   - analysis: The study.
  ///   - groupOf: For each segment its group.
  ///   - columns: The columns.
  ///   - bases: For each column 0, or 1 more than the position of the column it is divided by.
  ///   - isResampled: Whether replicates are wanted.
  init(
    _ analysis: FitAnalysis, groupOf: [Int], _ columns: [MarketColumn], bases: [Int],
    isResampled: Bool = true
  ) {
    let groups = (groupOf.max() ?? 0) + 1
    let usable = analysis.model.respondents.isUsable.map { $0 ? 1.0 : 0 }
    let all = [[[Double]](repeating: usable, count: groups)] + columns
    self.analysis = analysis
    self.groupOf = groupOf
    self.columns = all
    self.bases = [0] + bases
    let (people, segments) = (usable.count, groupOf.count)
    // Columns × groups in one table; who has no need weights counts nowhere.
    var flat = Matrix(rows: all.count * groups, columns: people)
    for (place, column) in all.enumerated() {
      for group in 0..<groups {
        for person in 0..<people where usable[person] > 0 {
          flat[place * groups + group, person] = column[group][person]
        }
      }
    }
    func audiences(_ sums: Matrix) -> Matrix {
      var result = Matrix(rows: all.count, columns: segments + 1)
      for column in all.indices {
        for segment in 0..<segments {
          let sum = sums[column * groups + groupOf[segment], segment]
          result[column, segment + 1] = sum
          result[column, 0] += sum
        }
      }
      return result
    }
    let bases = self.bases
    func ratios(_ sums: Matrix) -> Matrix {
      var result = sums
      for column in all.indices {
        for place in 0...segments { result[column, place] /= sums[bases[column], place] }
      }
      return result
    }
    let design = analysis.segmented.design.weights
    var weighted = analysis.segmented.posterior
    for person in 0..<people {
      for segment in 0..<segments {
        weighted[person, segment] =
          usable[person] > 0 ? weighted[person, segment] * design[person] : 0
      }
    }
    values = ratios(audiences(flat.multiplied(by: weighted)))
    drawn =
      isResampled ? analysis.bootstrap.sums(flat).map { ratios(audiences($0.sums)) } : []
  }

  /// The mean of a column in an audience.
  func value(_ column: Int, _ place: Int) -> Double { values[column + 1, place] }

  /// Replicates of a mean; none where nothing was resampled.
  func replicates(_ column: Int, _ place: Int) -> [Double] { drawn.map { $0[column + 1, place] } }

  /// A mean, or the difference of two, with its interval.
  func estimate(_ column: Int, less other: Int? = nil, _ place: Int) -> Estimate {
    let value = value(column, place) - (other.map { self.value($0, place) } ?? 0)
    let replicates = drawn.map { sums in
      sums[column + 1, place] - (other.map { sums[$0 + 1, place] } ?? 0)
    }
    let needed = replicates.count { $0.isFinite } < 20
    let spread = analysis.interval(
      value, linearised: needed ? error(column, less: other, place) : .nan, replicates)
    return Estimate(value: value, se: spread.se, low: spread.low, high: spread.high)
  }

  /// The linearised error of a ratio, or of the difference of two.
  private func error(_ column: Int, less other: Int?, _ place: Int) -> Double {
    let estimator = place == 0 ? analysis.population : analysis.estimator
    let domain = max(0, place - 1)
    var parts = influences(column + 1, place, estimator, domain)
    if let other {
      let its = influences(other + 1, place, estimator, domain)
      for person in parts.indices { parts[person] -= its[person] }
    }
    return estimator.error(ofSum: parts)
  }

  private func influences(
    _ column: Int, _ place: Int, _ estimator: DomainEstimator, _ domain: Int
  ) -> [Double] {
    let (own, base) = (effective(columns[column], place), effective(columns[bases[column]], place))
    let mean = base.indices.reduce(0.0) {
      estimator.shares[$1, domain] > 0 ? $0 + estimator.shares[$1, domain] * base[$1] : $0
    }
    let ratio = values[column, place]
    return own.indices.map { person in
      let share = estimator.shares[person, domain]
      return share > 0 ? share * (own[person] - ratio * base[person]) / mean : 0
    }
  }

  /// A column as it counts in an audience.
  private func effective(_ column: MarketColumn, _ place: Int) -> [Double] {
    guard place == 0 else { return column[groupOf[place - 1]] }
    guard column.count > 1 else { return column[0] }
    let posterior = analysis.segmented.posterior
    return column[0].indices.map { person in
      groupOf.indices.reduce(0) {
        $0 + posterior[person, $1] * column[groupOf[$1]][person]
      }
    }
  }
}
