import TesseraMath
import TesseraStudy
import TesseraSurvey

extension FitAnalysis {
  /// Means of a column with gaps over everybody and over each segment, with linearised errors.
  func observed(_ column: [Double]) -> (means: [Double], errors: [Double]) {
    let isUsed = column.map { !$0.isNaN }
    let filled = column.map { $0.isNaN ? 0 : $0 }
    let all = DomainEstimator.everybody(design: segmented.design, isUsed: isUsed)
    let each = DomainEstimator(
      membership: segmented.posterior, design: segmented.design, isUsed: isUsed)
    let (wide, narrow) = (all.means(filled), each.means(filled))
    return (
      wide + narrow, all.errors(filled, means: wide) + each.errors(filled, means: narrow)
    )
  }

  /// A column without those who have no need weights.
  private func usable(_ column: [Double]) -> [Double] {
    column.enumerated().map { model.respondents.isUsable[$0] ? $1 : .nan }
  }

  /// Needs on the importance-performance map of every audience, where satisfaction was asked.
  func importancePerformance() -> [ImportancePerformance] {
    let asked = model.needs.indices.filter { model.needs[$0].isSatisfactionAsked }
    guard asked.count > 1 else { return [] }
    let importance = asked.map { observed(model.respondents.importance.column($0)) }
    let performance = asked.map { observed(model.respondents.satisfaction.column($0)) }
    return audiences.flatMap { audience in
      let column = audience.place
      let middle = { (table: [(means: [Double], errors: [Double])]) -> Double in
        table.reduce(0) { $0 + $1.means[column] } / Double(table.count)
      }
      let axes = (middle(importance), middle(performance))
      return asked.indices.map { place in
        let (x, y) = (importance[place].means[column], performance[place].means[column])
        let isKnown = isTold(audience) && x.isFinite && y.isFinite
        let advice: ImportancePerformance.Advice =
          x >= axes.0 ? (y >= axes.1 ? .keep : .concentrate) : y >= axes.1 ? .overkill : .low
        return ImportancePerformance(
          segment: audience.id, need: model.needs[asked[place]].name,
          importance: told(x, of: audience),
          importanceSE: told(importance[place].errors[column], of: audience),
          performance: told(y, of: audience),
          performanceSE: told(performance[place].errors[column], of: audience),
          advice: isKnown ? advice : nil)
      }
    }
  }

  /// Kano's pairs in every audience; counts are scaled to Kish's effective number of respondents.
  func kano(_ pairs: [KanoBinder.Pair]) -> [KanoSummary] {
    let better = pairs.map { observed(usable($0.shares(of: [.attractive, .oneDimensional]))) }
    let worse = pairs.map { observed(usable($0.shares(of: [.mustBe, .oneDimensional]))) }
    return audiences.flatMap { audience in
      let weights = weights(of: audience)
      return pairs.enumerated().map { number, pair in
        let isUsed = pair.kinds.map { $0 != nil }
        var (sum, squares) = (0.0, 0.0)
        var counts = [Double](repeating: 0, count: KanoKind.allCases.count)
        for (respondent, kind) in pair.kinds.enumerated() {
          guard let kind, let place = KanoKind.allCases.firstIndex(of: kind) else { continue }
          let weight = weights[respondent]
          counts[place] += weight
          sum += weight
          squares += segmented.design.kind == .frequency ? weight : weight * weight
        }
        let isTold = isTold(audience, base: base(of: audience, isUsed)) && sum > 0
        let scale = squares > 0 ? sum / squares : 0
        return KanoSummary(
          segment: audience.id, name: pair.name, label: pair.label,
          table: isTold ? KanoTable(counts: counts.map { $0 * scale }) : nil,
          betterSE: isTold ? told(better[number].errors[audience.place], of: audience) : nil,
          worseSE: isTold ? told(worse[number].errors[audience.place], of: audience) : nil)
      }
    }
  }

  /// Van Westendorp's price points in every audience.
  ///
  /// An interval's ends lie where the two curves are 1.96 (or t's) errors of their gap apart: the
  /// error at the point or at the end, whichever is larger, because flat tails of the curves vary more
  /// away from the point (test inversion, after Woodruff 1952, *JASA* 47, 635–646).
  func prices(_ questions: PriceQuestions?) throws(StudyError) -> [PriceSummary] {
    guard let questions else { return [] }
    var columns: [[Double]] = []
    for column in questions.columns {
      guard let variable = segmented.survey[column], variable.isNumeric else {
        throw StudyError(
          code: "E0607", message: "'\(DisplayText.escaped(column))' holds no prices",
          column: "price_questions", hint: "name columns of numbers")
      }
      columns.append(variable.numbers)
    }
    let answers = columns[0].indices.map { row in
      PriceSensitivity.Answer(columns.map { $0[row] })
    }
    return audiences.map { audience in
      let isValid = answers.map(\.isOrdered)
      let valid = base(of: audience, isValid)
      let isTold = isTold(audience, base: valid)
      let curves = isTold ? PriceCurves(answers, weights: weights(of: audience)) : nil
      let points = curves.flatMap { PriceSensitivity($0) }
      var intervals: [PriceSummary.PriceInterval] = []
      if let curves, let points {
        intervals = PriceSensitivity.Point.allCases.map { point in
          func lead(at price: Double) -> Double {
            // Where the curves lie on each other for a while, the whole stretch is meant.
            max(
              1e-9, criticalValue * gapError(answers, point, at: curves.around(price), of: audience)
            )
          }
          func end(_ sign: Double) -> Double? {
            let near = lead(at: points[point])
            guard let first = curves.price(point, lead: sign * near) else { return nil }
            return curves.price(point, lead: sign * max(near, lead(at: first)))
          }
          return PriceSummary.PriceInterval(low: end(1), high: end(-1))
        }
      }
      return PriceSummary(
        segment: audience.id, points: points, intervals: intervals,
        valid: isTold ? valid : nil,
        disordered: isTold
          ? base(of: audience, answers.map { $0.isComplete && !$0.isOrdered }) : nil,
        incomplete: isTold ? base(of: audience, answers.map { !$0.isComplete }) : nil)
    }
  }

  /// Error of the gap between two curves at a price, on straight lines between the prices named.
  private func gapError(
    _ answers: [PriceSensitivity.Answer], _ point: PriceSensitivity.Point,
    at place: PriceCurves.Place, of audience: Audience
  ) -> Double {
    let (falling, rising) = point.curves
    func gap(_ answer: PriceSensitivity.Answer, _ price: Double) -> Double {
      (answer.prices[falling] >= price ? 1 : 0) - (answer.prices[rising] <= price ? 1 : 0)
    }
    let gaps = answers.map { answer -> Double in
      guard answer.isOrdered else { return .nan }
      return (1 - place.share) * gap(answer, place.low) + place.share * gap(answer, place.high)
    }
    return observed(usable(gaps)).errors[audience.place]
  }
}
