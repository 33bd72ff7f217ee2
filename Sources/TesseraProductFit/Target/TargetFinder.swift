import TesseraDesign
import TesseraMath
public import TesseraStudy

/// Answers which segment to target, for a study at hand.
public struct TargetFinder: StudyQuestion {
  private let analysis: FitAnalysis
  private let source: FitSource

  /// Puts the question to a study.
  public init(_ study: FinishedStudy) { (analysis, source) = (study.analysis, study.source) }

  /// Ranks the segments.
  ///
  /// - Parameter weights: Criteria and how much each counts, 0 or more; empty for none.
  /// - Returns: The segments, ranked.
  /// - Throws: `StudyError` E0645 where there are no two segments to rank, or a weighed criterion is
  ///   not known.
  public func ranking(
    weights: [TargetRanking.Weight] = []
  ) throws(StudyError) -> TargetRanking {
    let market = try MarketAnalysis(analysis, source)
    guard let found = try analysis.targets(source, market, weights: weights) else {
      throw StudyError(
        code: "E0645", message: "there are no two segments to choose from",
        file: source.path,
        hint: "a study with one segment, or with segments too small to be shown, has none")
    }
    return found
  }
}

extension FitAnalysis {
  /// Weightings tried, and those tried in every replicate.
  private static let (weightings, repeatedWeightings) = (10_000, 500)
  /// Products up to which segments are ranked.
  private static let mostTargetProducts = 200

  /// Ranks the segments; `nil` where fewer than two may be told, or of too many products.
  func targets(
    _ source: FitSource, _ market: MarketAnalysis, weights: [TargetRanking.Weight] = []
  ) throws(StudyError) -> TargetRanking? {
    guard model.products.count <= Self.mostTargetProducts,
      suppression.isHidden.count(where: { !$0 }) > 1
    else { return nil }
    let sample = try TargetSample(self, source, market)
    let total = weights.reduce(0) { $0 + $1.weight }
    let weights = weights.map { TargetRanking.Weight($0.criterion, $0.weight / total) }
    for weight in weights where !sample.criteria.contains(weight.criterion) {
      throw StudyError(
        code: "E0645", message: "\(weight.criterion.rawValue) is not known in this study",
        file: source.path,
        hint: sample.open.contains(weight.criterion)
          ? "it hangs on missing levels of \(sample.openWords): fill them in"
          : weight.criterion == .reach
            ? "declare channels:, 0/1 columns that say which media reach people"
            : "value needs a price and a column cost in the table of products", exitStatus: 64)
    }
    let kind: TargetRanking.Score =
      !weights.isEmpty ? .weights : sample.criteria.contains(.value) ? .money : .none
    let weighed = TargetCriterion.weighed.filter(sample.criteria.contains)
    let draws = Weightings(Self.weightings, criteria: weighed.count, seed: settings.seed)
    @Sendable func rows(_ values: [[Double]], _ wanted: [TargetCriterion]) -> [[Double]] {
      wanted.compactMap { sample.criteria.firstIndex(of: $0) }.map { values[$0] }
    }
    /// The score of each segment; what it is first for where there is none.
    @Sendable func scores(_ values: [[Double]], isRepeated: Bool) -> [Double] {
      switch kind {
      case .money: return rows(values, [.value])[0]
      case .weights:
        let scaled = Weightings.scaled(rows(values, weights.map(\.criterion)))
        return sample.segments.indices.map { segment in
          zip(weights, scaled).reduce(0) { $0 + $1.0.weight * $1.1[segment] }
        }
      case .none:
        return draws.firstShares(
          Weightings.scaled(rows(values, weighed)),
          most: isRepeated ? Self.repeatedWeightings : nil)
      }
    }
    let firstShares = draws.firstShares(Weightings.scaled(rows(sample.values, weighed)))
    let own = scores(sample.values, isRepeated: false)
    let drawn = settings.workers.map(sample.replicates.count) {
      scores(sample.replicates[$0], isRepeated: true)
    }
    var firsts = [Int](repeating: 0, count: own.count)
    for one in drawn {
      if let first = PricingPlan.top(one) { firsts[first] += 1 }
    }
    func told(_ value: Double, _ drawn: [Double]) -> IntervalEstimate {
      let spread = interval(value, linearised: .nan, drawn)
      return IntervalEstimate(
        value, low: spread.low.isFinite ? spread.low : nil,
        high: spread.high.isFinite ? spread.high : nil)
    }
    let made = sample.segments.enumerated().map { place, segment in
      TargetRanking.Row(
        segment: segmented.segments[segment].id, share: segmented.segments[segment].share,
        values: sample.criteria.enumerated().map { row, criterion in
          let value = sample.values[row][place]
          // Shares of few people are rounded; an interval would give back what rounding hides.
          let isRounded =
            suppression.minimum > 1 && suppression.bases[segment] < Double(settings.smallBase)
            && [.acceptance, .share, .reach, .value].contains(criterion)
          return TargetRanking.Value(
            criterion: criterion,
            estimate: told(value, isRounded ? [] : sample.replicates.map { $0[row][place] }),
            rank: 1 + sample.values[row].count { $0 > value + 1e-12 * (1 + abs(value)) },
            of: sample.of[row][place])
        },
        score: kind == .none ? nil : told(own[place], drawn.map { $0[place] }),
        firstShare: firstShares[place], firstIn: drawn.isEmpty ? nil : firsts[place])
    }
    let order = made.indices.sorted { (own[$1], $0) < (own[$0], $1) }
    return TargetRanking(
      score: kind, criteria: sample.criteria, weights: weights,
      hasCompetitors: market.market.today.offers.contains { $0.isPresent && !$0.isOwn },
      population: source.file.population, unit: priceUnit, weightings: Self.weightings,
      replicates: sample.replicates.count, rows: order.map { made[$0] },
      notes: targetNotes(source, market, sample, weighed))
  }

  private func targetNotes(
    _ source: FitSource, _ market: MarketAnalysis, _ sample: TargetSample,
    _ weighed: [TargetCriterion]
  ) -> [String] {
    var notes = (sample.criteria.contains(.share) ? [market.countedWords] : []) + market.notes
    if !sample.open.isEmpty {
      notes.append(
        "Not known, because levels are missing of \(sample.openWords): "
          + sample.open.map(\.words).joined(separator: ", ") + ".")
    }
    if hidesStops {
      notes.append("Acceptance, shares and value are not told under strict privacy.")
    } else if !sample.criteria.contains(.value), !sample.open.contains(.value) {
      notes.append("Value is not known: the table of products has no cost, or no price.")
    }
    if sample.criteria.contains(.reach) {
      notes.append(
        source.file.channelCosts.isEmpty
          ? "Reach is that of the best channel; costs of channels are not declared."
          : "Reach is that of the best channel, whatever it costs; tessera reach weighs costs.")
    }
    notes.append(
      "Weightings give \(weighed.map(\.words).joined(separator: ", ")) every weight alike, each "
        + "criterion running from 0 for the least segment to 1 for the greatest.")
    return notes
  }
}
