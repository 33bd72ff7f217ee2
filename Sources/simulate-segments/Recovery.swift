import Foundation
import TesseraMath
public import TesseraSegmentation

/// How well planted segments are found again.
public struct Recovery: Sendable {
  /// The number of segments planted.
  public let segments: Int
  /// The number the rule takes, on the effective sample size where the weights ask for it.
  public let chosen: Int
  /// The number each criterion takes, by the criterion's name.
  public let takes: [String: Int]
  /// How far the search's objective lies above that of a run begun at the true model.
  public let ahead: Double
  /// Adjusted Rand index between the segments found, at the right number, and the truth.
  public let found: Double
  /// The same for the true model's own posterior: what can be reached.
  public let reachable: Double
  /// Intervals of interior shares, chances and means, and how many of them hold the truth.
  public let intervals: Intervals

  /// The survey's figures in a line.
  public var line: String {
    let held = [intervals.shares, intervals.chances, intervals.means].map {
      "\($0.holding)/\($0.all)"
    }
    let taken = takes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return String(
      format: "planted %d, chosen %d, found %.4f, reachable %.4f, ahead %.4f", segments, chosen,
      found, reachable, ahead)
      + ", held \(held.joined(separator: " ")), \(taken.joined(separator: ", "))"
  }

  /// Intervals of one kind, pooled over segments and questions.
  public struct Intervals: Sendable {
    /// Of the segments' shares.
    public var shares = Count()
    /// Of the chances of answers.
    public var chances = Count()
    /// Of the means of numbers.
    public var means = Count()
  }

  /// How many intervals there are, and how many hold the truth.
  public struct Count: Sendable {
    /// Intervals.
    public var all = 0
    /// Intervals that hold the truth.
    public var holding = 0

    /// Counts an interval.
    mutating func add(_ estimate: LatentClassUncertainty.Estimate, truth: Double) {
      guard let low = estimate.low, let high = estimate.high else { return }
      all += 1
      if low <= truth, truth <= high { holding += 1 }
    }

    /// Adds other intervals.
    public mutating func add(_ other: Count) {
      all += other.all
      holding += other.holding
    }

    /// Share that holds the truth.
    public var share: Double { Double(holding) / Double(max(1, all)) }
  }

  /// Segments a planted survey as the product does.
  ///
  /// - Parameters:
  ///   - survey: The survey.
  ///   - beyond: How many segments more than were planted are tried.
  /// - Throws: ``SegmentationError`` if the survey cannot be fitted.
  public init(_ survey: PlantedSurvey, beyond: Int = 1) throws(SegmentationError) {
    let right = survey.model.classCount
    segments = right
    let settings = LatentClass(segments: 1, stream: RandomStream(seed: 1))
    let data = try LatentClassData(survey.table)
    let selection = try settings.select(data, segments: 1...(right + beyond))
    chosen = selection.best?.segmentCount ?? 1
    takes = Recovery.criteria.mapValues { value in
      selection.fits.min { value($0.criteria) < value($1.criteria) }?.segmentCount ?? 1
    }
    let fit = selection.fits[right - 1]
    let fromTruth = try survey.model.refit(on: data, prior: settings.prior)
    ahead = fit.logLikelihood + fit.logPrior - fromTruth.objective
    let weights = survey.table.weights.effective(count: survey.table.respondentCount)
    found = CrossTable(survey.truth, fit.labels, weights: weights).adjustedRand
    let ideal = try survey.model.posterior(of: survey.table)
    let labels = (0..<ideal.rows).map { row in
      (0..<ideal.columns).max { (ideal[row, $0], -$0) < (ideal[row, $1], -$1) } ?? 0
    }
    reachable = CrossTable(survey.truth, labels, weights: weights).adjustedRand
    intervals = try Recovery.intervals(survey, fit, data, settings.prior)
  }

  /// The criteria compared, less being better.
  private static let criteria: [String: @Sendable (InformationCriteria) -> Double] = [
    "AIC3": { $0.aic3 }, "BIC": { $0.bic }, "BIC, effective size": { $0.effectiveBIC },
    "CAIC": { $0.caic }, "ICL": { $0.icl }, "SABIC": { $0.sabic },
  ]

  private static func intervals(
    _ survey: PlantedSurvey, _ fit: LatentClassFit, _ data: LatentClassData,
    _ prior: LatentClassPrior
  ) throws(SegmentationError) -> Intervals {
    let errors = try fit.model.uncertainty(on: data, prior: prior)
    let partner = partners(survey, fit)
    var counts = Intervals()
    for (planted, own) in partner.enumerated() {
      counts.shares.add(errors.prevalence[own], truth: survey.model.prevalence[planted])
      for (place, item) in survey.model.items.enumerated() {
        let estimates = errors.items[place][own]
        switch item.distribution {
        case .categories(let rows), .adjacentCategories(let rows, _, _, _):
          // Of two answers one interval is the other's mirror.
          for answer in (rows[planted].count == 2 ? 1 : 0)..<rows[planted].count {
            counts.chances.add(estimates[answer], truth: rows[planted][answer])
          }
        case .normal(let means, _): counts.means.add(estimates[0], truth: means[planted])
        case .counts, .zeroInflated:
          counts.means.add(estimates[0], truth: item.means[planted])
        }
      }
    }
    return counts
  }

  /// For each planted segment the one found that shares most respondents with it.
  private static func partners(_ survey: PlantedSurvey, _ fit: LatentClassFit) -> [Int] {
    let segments = survey.model.classCount
    var overlap = Matrix(rows: segments, columns: segments)
    for (row, planted) in survey.truth.enumerated() {
      for own in 0..<segments { overlap[planted, own] += fit.posteriorMatrix[row, own] }
    }
    let match = Assignment(overlap, goal: .maximise).columnOfRow
    return match.enumerated().map { $1 ?? $0 }
  }
}
