import TesseraDesign
import TesseraMath

/// The channels of a product as they are, summed over all respondents.
struct StateSums: Sendable {
  private let scorer: Scorer
  private let channels: PageChannels
  private let estimator: DomainEstimator
  private let weightColumns: [[Double]]

  init(_ scorer: Scorer, channels: PageChannels, estimator: DomainEstimator) {
    self.scorer = scorer
    self.channels = channels
    self.estimator = estimator
    weightColumns = (0..<channels.needs).map { scorer.model.respondents.needWeights.column($0) }
  }

  /// The barriers each respondent's are hit by a product; empty if nobody's are.
  func hits(_ levels: [Double]) -> [UInt64] { scorer.hits(levels: levels, .worst) }

  /// The channels of a product whose levels are all known.
  ///
  /// - Parameter levels: Its levels.
  /// - Returns: Channels × segments.
  /// - Complexity: O(respondents × channels × segments).
  func sums(_ levels: [Double]) -> Matrix {
    sums(levels, acceptance: acceptance(levels))
  }

  /// The burdens' channels if everybody accepted.
  func unhindered(_ levels: [Double]) -> Matrix {
    sums(levels, acceptance: [Double](repeating: 1, count: scorer.model.respondents.count))
  }

  private func acceptance(_ levels: [Double]) -> [Double] {
    let hits = hits(levels)
    let model = scorer.model
    guard !hits.isEmpty else { return [Double](repeating: 1, count: model.respondents.count) }
    var memory = BarrierMemory(BarrierSet(strengths: model.barriers.map(\.strength)))
    return hits.map { memory.acceptance($0) }
  }

  private func sums(_ levels: [Double], acceptance: [Double]) -> Matrix {
    let model = scorer.model
    let count = model.respondents.count
    var columns = Matrix(rows: channels.count, columns: count)
    for need in 0..<channels.needs {
      let weights = weightColumns[need]
      for respondent in 0..<count {
        columns[need, respondent] = acceptance[respondent] * weights[respondent]
      }
    }
    for (place, burden) in channels.burdens.enumerated() {
      let row = channels.needs + place
      let feature = model.features[burden.feature]
      let incomes = model.respondents.incomes[burden.feature]
      let level = levels[burden.feature]
      for respondent in 0..<count {
        columns[row, respondent] =
          columns[burden.need, respondent] * Self.worth(feature, level, incomes[respondent])
      }
    }
    return estimator.means(columns)
  }

  /// What a level is worth to somebody; one half where nothing is known.
  static func worth(_ feature: FitFeature, _ level: Double, _ income: Double) -> Double {
    guard !level.isNaN else { return 0.5 }
    let worth = feature.worth(level, income: income)
    return worth.isNaN ? 0.5 : worth
  }
}
