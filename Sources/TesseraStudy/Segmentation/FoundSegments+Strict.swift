import TesseraMath
import TesseraSegmentation
import TesseraSurvey

extension FoundSegments {
  /// Rounds what methods without a likelihood tell of answers, where counts are hidden.
  ///
  /// Shares of answers stand in steps of as many people as a cell must hold, without standard errors, and
  /// so do the chances by which new respondents are placed. Latent classes do so with their own model.
  ///
  /// - Parameter task: The study.
  mutating func hideCounts(_ task: SegmentationTask) {
    let minimum = Double(task.settings.minimumCell)
    guard minimum > 1, ![.latentClass, .mixture].contains(task.declaration.method) else { return }
    let table = task.encoded.table
    let labels = posterior.likeliest
    let heads = task.data.design.heads
    func isStrict(_ item: Int) -> Bool { task.settings.isStrict(task.encoded.indicators[item]) }
    var places: Set<SegmentErrors.Place> = []
    for place in result.indicators.indices
    where isStrict(place) && !result.indicators[place].categories.isEmpty {
      let steps = CountSteps.of(
        table.items[place], labels: labels, heads: heads, segments: posterior.columns,
        minimum: minimum)
      for (segment, step) in steps.enumerated() {
        let shares = result.indicators[place].bySegment[segment]
        result.indicators[place].bySegment[segment] = shares.map {
          min(1, max(0, ($0 / step).rounded() * step))
        }
        places.insert(.init(indicator: place, segment: segment))
      }
    }
    guard !places.isEmpty else { return }
    result.errors = result.errors?.without(places)
    if case .latentClass(let model) = parameters,
      let rounded = model.withRoundedChances(
        table, labels: labels, heads: heads, minimum: minimum, isStrict: isStrict)
    {
      parameters = .latentClass(rounded.model)
    }
    let words = MethodWords.steps(task.settings.minimumCell)
    if !result.warnings.contains(words) { result.warnings.append(words) }
  }
}
