import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Judges how the fit ranks what was on the menus.
struct FitJudge {
  let data: ChoiceData
  let segmented: SegmentedSurvey
  let fit: FitScores
  let options: ChoiceOptions?
  let settings: RunSettings
  private let replicates = 400

  /// Hit rate, concordance, rank correlations, slope.
  ///
  /// - Parameter result: What is known already: the predictions.
  /// - Returns: How the fit ranks what was on the menus.
  func ranking(_ result: ValidationResult) -> ValidationResult.FitRanking {
    var (hits, concordance, chance) = ([Double](), [Double](), 0.0)
    var weight = 0.0
    for menu in 0..<data.count {
      let alternatives = data.alternatives(menu)
      let scores = alternatives.map { fit.values[$0] }
      let chosen = data.records.chosen[data.menus[menu]] - alternatives.lowerBound
      hits.append(HeldOutPrediction.hit(scores, scores[chosen]))
      var sum = 0.0
      for (place, score) in scores.enumerated() where place != chosen {
        let difference = scores[chosen] - score
        sum += abs(difference) < 1e-9 ? 0.5 : difference > 0 ? 1 : 0
      }
      concordance.append(sum / Double(scores.count - 1))
      chance += data.weights[menu] / Double(scores.count)
      weight += data.weights[menu]
    }
    func mean(_ values: [Double]) -> MenuMean {
      MenuMean(
        values, weights: data.weights, persons: data.persons, design: segmented.design,
        range: 0...1)
    }
    let values = fit.values
    let slope = try? ConditionalLogit(
      data.table(1) { _, alternative, row in row[0] = values[alternative] / 10 })
    func logs(_ id: String) -> Double? {
      result.predictors.first { $0.id == id }?.logLikelihood.value
    }
    var share: Double?
    if let none = logs("chance"), let own = logs("fit"), let best = logs("logit"), best > none {
      share = (own - none) / (best - none)
    }
    let correlations = correlations()
    return ValidationResult.FitRanking(
      hitRate: mean(hits), chanceHitRate: chance / weight, concordance: mean(concordance),
      rankCorrelation: correlations?.within, contrastCorrelation: correlations?.between,
      slope: slope?.coefficients[0], shareOfLogit: share)
  }

  /// Correlations over options, with bootstrap intervals over respondents.
  private func correlations() -> (
    within: ValidationResult.Interval?, between: ValidationResult.Interval?
  )? {
    guard let options, options.names.count >= 3 else { return nil }
    let (width, segments) = (options.names.count, segmented.segments.count)
    let cells = width * segments
    // For each respondent and cell: times taken, times offered, sum of fit when offered.
    var sums = Matrix(rows: segmented.posterior.rows, columns: 3 * cells)
    for menu in 0..<data.count {
      let person = data.persons[menu]
      let chosen = data.records.chosen[data.menus[menu]]
      for alternative in data.alternatives(menu) {
        for segment in 0..<segments {
          let part = data.membership[menu, segment]
          let cell = segment * width + options.ofAlternative[alternative]
          if alternative == chosen { sums[person, cell] += part }
          sums[person, cells + cell] += part
          sums[person, 2 * cells + cell] += part * fit.values[alternative]
        }
      }
    }
    let drawing = ReplicateWeights(segmented.design)
    var weights = segmented.design.weights
    var rows = 1
    if drawing.canDraw {
      let root = RandomStream(seed: settings.seed).split(0x0C40_1CE6)
      let drawn = settings.workers.map(replicates) { index in
        var stream = root.split(index)
        return drawing.draw(&stream)
      }
      for weight in drawn { weights += weight }
      rows += replicates
    }
    let totals = Matrix(rows: rows, columns: segmented.posterior.rows, values: weights)
      .multiplied(by: sums)
    var (within, between) = ([Double](), [Double]())
    for row in 0..<rows {
      let found = correlation(Array(totals.row(row)), width, segments)
      within.append(found.within)
      between.append(found.between)
    }
    return (interval(within), segments > 1 ? interval(between) : nil)
  }

  private func interval(_ values: [Double]) -> ValidationResult.Interval? {
    guard let value = values.first, value.isFinite else { return nil }
    let drawn = values.dropFirst().filter(\.isFinite)
    guard drawn.count >= 20, let ends = Descriptive.ends(drawn) else { return nil }
    return ValidationResult.Interval(value: value, low: ends.low, high: ends.high)
  }

  private func correlation(
    _ totals: [Double], _ width: Int, _ segments: Int
  ) -> (within: Double, between: Double) {
    let cells = width * segments
    var (sum, weight) = (0.0, 0.0)
    var (fits, rates) = ([Double](), [Double]())
    var all: [(fit: Double, rate: Double)?] = []
    for option in 0..<width {
      var (taken, shown, points) = (0.0, 0.0, 0.0)
      for segment in 0..<segments {
        let cell = segment * width + option
        taken += totals[cell]
        shown += totals[cells + cell]
        points += totals[2 * cells + cell]
      }
      all.append(shown > 0 ? (points / shown, taken / shown) : nil)
    }
    for segment in 0..<segments {
      var (one, other) = ([Double](), [Double]())
      for option in 0..<width {
        let cell = segment * width + option
        let shown = totals[cells + cell]
        guard shown > 0, let overall = all[option] else { continue }
        let (points, rate) = (totals[2 * cells + cell] / shown, totals[cell] / shown)
        one.append(points)
        other.append(rate)
        fits.append(points - overall.fit)
        rates.append(rate - overall.rate)
      }
      guard let found = RankCorrelation.spearman(one, other) else { continue }
      let share = segmented.segments[segment].share
      sum += share * found
      weight += share
    }
    return (
      weight > 0 ? sum / weight : .nan, RankCorrelation.spearman(fits, rates) ?? .nan
    )
  }
}

extension Descriptive {
  /// The 2.5% and the 97.5% point.
  fileprivate static func ends(_ values: [Double]) -> (low: Double, high: Double)? {
    guard let found = quantiles([0.025, 0.975], of: values) else { return nil }
    return (found[0], found[1])
  }
}
