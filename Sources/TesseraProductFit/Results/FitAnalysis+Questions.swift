import TesseraDesign
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
        // A quadrant only for what lies off both axes by more than its errors.
        func isOff(_ value: Double, _ axis: Double, _ error: Double) -> Bool {
          abs(value - axis) > 1.96 * (error.isFinite ? error : 0)
        }
        let isKnown =
          isTold(audience) && isOff(x, axes.0, importance[place].errors[column])
          && isOff(y, axes.1, performance[place].errors[column])
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
    let rules = CellRules(settings, columns: pairs.flatMap(\.columns))
    let better = pairs.map { observed($0.shares(of: [.attractive, .oneDimensional])) }
    let worse = pairs.map { observed($0.shares(of: [.mustBe, .oneDimensional])) }
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
        let people = base(of: audience, isUsed)
        let shares = counts.map { rules.told($0 / sum, base: people) }
        let isTold =
          isTold(audience, base: people) && sum > 0 && shares.allSatisfy { $0 != nil }
        let scale = squares > 0 ? sum / squares : 0
        return KanoSummary(
          segment: audience.id, name: pair.name, label: pair.label,
          table: isTold ? KanoTable(counts: counts.map { $0 * scale }) : nil,
          shares: isTold ? shares.compactMap(\.self) : nil, isCounted: settings.privacy == .none,
          betterSE: isTold ? told(better[number].errors[audience.place], of: audience) : nil,
          worseSE: isTold ? told(worse[number].errors[audience.place], of: audience) : nil)
      }
    }
  }
}
