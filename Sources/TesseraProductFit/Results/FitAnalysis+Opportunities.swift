import TesseraDesign
import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// Needs by segment: how much they matter, how well they are met today and by the products.
  func opportunities() -> [Opportunity] {
    let gaps = settings.workers.map(model.needs.count) { catalogueGaps($0) }
    var result: [Opportunity] = []
    let important = model.needs.indices.map {
      ObservedMeans(model.respondents.topImportance.column($0), segmented)
    }
    let satisfied = model.needs.indices.map {
      ObservedMeans(model.respondents.topSatisfaction.column($0), segmented)
    }
    for segment in 0..<segments {
      for need in model.needs.indices {
        let isAsked = model.needs[need].isSatisfactionAsked
        func shown(_ share: Double) -> Double {
          isSmall(segment) && share.isFinite
            ? CellRules(settings).rounded(share, base: suppression.bases[segment]) : share
        }
        let importance = shown(important[need].means[segment])
        let satisfaction = isAsked ? shown(satisfied[need].means[segment]) : nil
        let score = Opportunity.score(importance: importance, satisfaction: satisfaction)
        // 10 (2I − S) where a gap counts, else 10 I.
        let hasGap = satisfaction.map { importance > $0 } ?? false
        let linearised = estimator.error(
          ofSum: (0..<model.respondents.count).map { respondent in
            10 * (hasGap ? 2 : 1) * important[need].part(respondent, segment)
              - (hasGap ? 10 * satisfied[need].part(respondent, segment) : 0)
          })
        let drawn = replicates.opportunity(need, segment, isSatisfactionAsked: isAsked)
        let spread = interval(score, linearised: linearised, drawn)
        var told = Opportunity(
          segment: segmented.segments[segment].id, need: model.needs[need].name,
          importance: self.told(importance, in: segment),
          satisfaction: satisfaction.flatMap { self.told($0, in: segment) },
          odi: self.told(score, in: segment), se: self.told(spread.se, in: segment),
          seLinearised: self.told(linearised, in: segment),
          low: self.told(min(spread.low, score), in: segment),
          high: self.told(max(spread.high, score), in: segment),
          gap: self.told(gaps[need][segment], in: segment))
        if isAsked {
          let unmet = estimator.error(
            ofSum: (0..<model.respondents.count).map { respondent in
              important[need].part(respondent, segment) - satisfied[need].part(respondent, segment)
            })
          told.unmetSE = self.told(unmet, in: segment)
        }
        result.append(told)
      }
    }
    return Self.markingFirst(result)
  }

  /// Marks which needs may be a segment's largest opportunity: those not behind the largest by more
  /// than the errors of both, at 95% over all that are compared with it.
  private static func markingFirst(_ opportunities: [Opportunity]) -> [Opportunity] {
    var marked = opportunities
    for segment in Set(opportunities.map(\.segment)) {
      let places = opportunities.indices.filter {
        opportunities[$0].segment == segment && opportunities[$0].odi != nil
      }
      func score(_ place: Int) -> Double { opportunities[place].odi ?? 0 }
      guard places.count > 1, let top = places.max(by: { score($0) < score($1) }) else { continue }
      let critical = NormalDistribution.standard.quantile(1 - 0.025 / Double(places.count - 1))
      for place in places where place != top {
        let errors = [top, place].map { opportunities[$0].se ?? .infinity }
        let error = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
        marked[place].mayBeFirst = !(score(top) - score(place) > critical * error)
      }
    }
    return marked
  }

  /// Mean points that even the best product for each respondent leaves unmet.
  private func catalogueGaps(_ need: Int) -> [Double] { estimator.means(unserved(need)) }

  /// Points that even the best product for each respondent leaves unmet.
  ///
  /// - Parameters:
  ///   - need: The need.
  ///   - products: Products that count; `nil` for all.
  /// - Returns: One number for each respondent.
  func unserved(_ need: Int, by products: [Int]? = nil) -> [Double] {
    let count = model.respondents.count
    var shared = 0.0
    var best: [Double]?
    for product in products ?? Array(model.products.indices) {
      let levels = model.productLevels[product]
      let worst = model.fulfilment(of: need, levels: levels, .worst).value
      let scenarios =
        model.hasUnknowns(levels: levels)
        ? [worst, model.fulfilment(of: need, levels: levels, .best).value] : [worst]
      var known = 0.0
      var each: [Double]?
      let part = 1 / Double(scenarios.count)
      for scenario in scenarios {
        switch scenario {
        case .same(let value): known += part * value
        case .each(let values):
          var sums = each ?? [Double](repeating: 0, count: count)
          for respondent in 0..<count { sums[respondent] += part * values[respondent] }
          each = sums
        }
      }
      if let each {
        best = (0..<count).map { max(best?[$0] ?? 0, each[$0] + known) }
      } else {
        shared = max(shared, known)
      }
    }
    let weights = model.respondents.needWeights.column(need)
    return (0..<count).map { 100 * weights[$0] * (1 - max(shared, best?[$0] ?? 0)) }
  }

  /// The declared edits, largest gain first.
  func improvements() -> [Improvement] {
    guard !suppression.isTotalHidden else { return [] }
    var result = model.edits.indices.map { number in
      improvement(
        model.edits[number], fit: Array(edited.fit.row(number)),
        population: replicates.populationGain(edit: number, of: model.edits[number].product),
        bySegment: (0..<segments).map {
          replicates.gain(edit: number, of: model.edits[number].product, $0)
        })
    }
    let mayBeFirst = firstEdits()
    for number in result.indices { result[number].mayBeFirst = mayBeFirst[number] }
    return result.enumerated().sorted {
      $0.element.gain > $1.element.gain
        || ($0.element.gain == $1.element.gain && $0.offset < $1.offset)
    }.map(\.element)
  }

  /// Which edits may gain most, by replicates or else by paired differences of respondents.
  private func firstEdits() -> [Bool] {
    let products = model.edits.map(\.product)
    let count = model.respondents.count
    let gains = products.indices.map { number in
      (0..<count).map { edited.fit[number, $0] - scores.fit[products[number], $0] }
    }
    let means = gains.map { population.means($0)[0] }
    let drawn = products.indices.map { replicates.populationGain(edit: $0, of: products[$0]) }
    let complete = (0..<replicates.count).map { replicate in drawn.map { $0[replicate] } }
      .filter { $0.allSatisfy(\.isFinite) }
    if complete.count >= 20 {
      return RankSets(estimates: means, replicates: complete).ranks.map { $0.lowerBound == 1 }
    }
    return mayBeFirst(gains, means: means)
  }

  /// Which of several gains may be the largest: those that are not behind another by more than the
  /// error of their paired difference, at 95% over all pairs with the largest (Bonferroni).
  func mayBeFirst(_ gains: [[Double]], means: [Double]) -> [Bool] {
    let freedom = population.units.degreesOfFreedom
    guard gains.count > 1, freedom > 0, let top = means.indices.max(by: { means[$0] < means[$1] })
    else { return means.map { _ in true } }
    let critical = StudentDistribution(degreesOfFreedom: freedom)
      .quantile(1 - 0.025 / Double(gains.count - 1))
    return means.indices.map { number in
      let differences = zip(gains[top], gains[number]).map { $0 - $1 }
      let mean = population.means(differences)
      let error = population.errors(differences, means: mean)[0]
      return number == top || !(mean[0] - critical * error > 1e-9)
    }
  }

  /// What a change to a product brings.
  ///
  /// - Parameters:
  ///   - edit: The change.
  ///   - fit: The changed product's fit, one for each respondent.
  ///   - population: Replicates of the gain over everybody, or none.
  ///   - bySegment: Replicates of the gain by segment, or none.
  ///   - scores: Most times respondents are scored for the bounds of unknown levels.
  /// - Returns: Gains over everybody and by segment.
  func improvement(
    _ edit: FitEdit, fit: [Double], population: [Double] = [], bySegment: [[Double]] = [],
    boundedBy scores: Int = Self.mostScores
  ) -> Improvement {
    let before = self.scores.fit.row(edit.product)
    let gains = fit.indices.map { fit[$0] - before[before.startIndex + $0] }
    let overall = self.population.means(gains)
    let overallError = self.population.errors(gains, means: overall)[0]
    let spread = interval(overall[0], linearised: overallError, population)
    let means = estimator.means(gains)
    let errors = estimator.errors(gains, means: means)
    let fits = estimator.means(fit)
    var result = Improvement(
      name: edit.name, product: model.products[edit.product].name,
      set: edit.changes.map {
        FeatureSetting(
          feature: model.features[$0.feature].name,
          level: model.features[$0.feature].written($0.level))
      },
      cost: edit.cost, gain: overall[0], se: spread.se, seLinearised: overallError,
      low: spread.low, high: spread.high,
      bySegment: (0..<segments).map { segment in
        let spread = interval(
          means[segment], linearised: errors[segment],
          bySegment.isEmpty ? [] : bySegment[segment])
        return Improvement.SegmentGain(
          segment: segmented.segments[segment].id, fit: told(fits[segment], in: segment),
          gain: told(means[segment], in: segment), se: told(spread.se, in: segment),
          low: told(spread.low, in: segment), high: told(spread.high, in: segment))
      })
    let stops = hiddenStops([
      model.products[edit.product].levels, model.levels(of: edit.product, with: edit.changes),
    ])
    if let bounds = gainBounds(edit, atMost: scores) {
      result.bound(by: bounds) { self.told($0, in: $1) }
    }
    for place in stops.indices where stops[place] {
      result.bySegment[place] = .init(segment: result.bySegment[place].segment)
    }
    return result
  }
}

extension Improvement {
  /// Tells what unknown levels leave open, and puts gains midway.
  fileprivate mutating func bound(
    by bounds: UnknownBounds, _ told: (Double, Int) -> Double?
  ) {
    let shift = bounds.isOuter ? 0 : bounds.middle(0) - gain
    (gainMin, gainMax, boundsAreOuter) = (bounds.low[0], bounds.high[0], bounds.isOuter)
    gain += shift
    low += shift
    high += shift
    for place in bySegment.indices {
      let own = bySegment[place].gain
      bySegment[place].gainMin = told(bounds.low[place + 1], place)
      bySegment[place].gainMax = told(bounds.high[place + 1], place)
      if bounds.after.high[place] - bounds.after.low[place] > 1e-9 {
        bySegment[place].fitMin = told(bounds.after.low[place], place)
        bySegment[place].fitMax = told(bounds.after.high[place], place)
      }
      guard let own, !bounds.isOuter else { continue }
      let shift = bounds.middle(place + 1) - own
      bySegment[place].gain = own + shift
      bySegment[place].low? += shift
      bySegment[place].high? += shift
    }
  }
}

/// Means over segments of a 0/1 column with gaps.
private struct ObservedMeans {
  let means: [Double]
  private let values: [Double]
  private let estimator: DomainEstimator

  init(_ column: [Double], _ segmented: SegmentedSurvey) {
    estimator = DomainEstimator(
      membership: segmented.posterior, design: segmented.design,
      isUsed: column.map { !$0.isNaN })
    values = column.map { $0.isNaN ? 0 : $0 }
    means = estimator.means(values)
  }

  /// What a respondent contributes to the deviation of a mean.
  func part(_ respondent: Int, _ segment: Int) -> Double {
    let share = estimator.shares[respondent, segment]
    return share == 0 ? 0 : share * (values[respondent] - means[segment])
  }
}
