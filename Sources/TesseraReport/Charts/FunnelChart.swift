import TesseraProductFit
import TesseraStudy

/// How far each segment is on the way to buying one product: steps down, segments across.
struct FunnelChart {
  /// The steps of one product in every segment, in order.
  let steps: [FunnelStep]
  /// The product's name, and what a reader sees; both empty if the funnel was not asked by product.
  let product: (name: String, label: String)
  /// The segments.
  let segments: [Segment]
  /// How numbers are written.
  let numbers: NumberStyle

  /// The chart.
  ///
  /// - Returns: The drawing with its table and specification; `nil` without a share to show.
  func chart() -> Chart? {
    guard !segments.isEmpty, steps.contains(where: { $0.share != nil }) else { return nil }
    let id = "funnel-" + (product.name.isEmpty ? "all" : Escape.slug(product.name))
    return Chart(
      id: id, title: Findings.capitalised(title),
      subtitle: "Share of each segment that got to the step, with its 95% interval (line) and "
        + "everybody (dark tick); below it the share of those at the step before who went on. "
        + "Weighted.",
      description: "Funnel of \(stepNames.count) steps in \(segments.count) segments",
      svg: SegmentBars(
        segments: segments.map { ($0.id, $0.name, $0.share) }, rows: stepNames.map(row),
        numbers: numbers,
        description: "Funnel of \(stepNames.count) steps in \(segments.count) segments"
      ).svg(), vegaLite: specification(), table: table(id))
  }

  private var stepNames: [(step: String, label: String)] {
    var names: [(step: String, label: String)] = []
    for one in steps where !names.contains(where: { $0.step == one.step }) {
      names.append((one.step, one.label))
    }
    return names
  }

  private func step(_ step: String, in segment: Segment) -> FunnelStep? {
    steps.first { $0.step == step && $0.segment == segment.id }
  }

  /// Share of everybody at a step; `nil` where a segment's is hidden, which it would give back.
  private func total(_ step: String) -> Double? {
    var sum = 0.0
    var mass = 0.0
    for segment in segments {
      guard let share = self.step(step, in: segment)?.share else { return nil }
      sum += segment.share * share
      mass += segment.share
    }
    return mass > 0 ? sum / mass : nil
  }

  /// Between which steps most people are lost, over everybody; and, where that is another step,
  /// where the smallest share goes on.
  private var title: String {
    let names = stepNames
    let opening = product.label.isEmpty ? "" : "\(product.label): "
    let losses = names.indices.dropFirst().compactMap {
      place -> (place: Int, lost: Double, rate: Double)? in
      guard let before = total(names[place - 1].step), before > 0,
        let here = total(names[place].step), here <= before
      else { return nil }
      return (place, before - here, here / before)
    }
    func step(_ place: Int) -> String {
      "between '\(names[place - 1].label)' and '\(names[place].label)'"
    }
    guard let most = losses.max(by: { $0.lost < $1.lost }), most.lost > 0,
      let lowest = losses.min(by: { $0.rate < $1.rate })
    else { return opening + "how far each segment got" }
    // Steps that lose as many, but for chance, are all told.
    let people = self.people
    let equal = losses.filter { one in
      let gap = most.lost - one.lost
      let variance = people.map { (most.lost + one.lost - gap * gap) / $0 } ?? 0
      return gap < max(0.005, 1.96 * variance.squareRoot())
    }
    var text = opening
    text +=
      equal.count > 1
      ? "most people are lost " + equal.map { step($0.place) }.joined(separator: " and ")
        + " (\(equal.map { numbers.percent($0.lost) }.joined(separator: " and ")) of everybody)"
      : "most people are lost \(step(most.place)): \(numbers.percent(most.lost)) of everybody"
    if lowest.place != most.place, most.rate - lowest.rate > 0.005 {
      text +=
        "; the lowest rate is \(step(lowest.place)), where \(numbers.percent(lowest.rate)) go on"
    } else {
      text += "; \(numbers.percent(most.rate)) go on"
    }
    return text
  }

  /// Respondents of equal weight that the intervals of all segments stand for; `nil` without one.
  private var people: Double? {
    var sum = 0.0
    for segment in segments {
      let sizes = steps.filter { $0.segment == segment.id }.compactMap { step -> Double? in
        guard let share = step.share, let low = step.low, let high = step.high, high > low,
          share > 0.02, share < 0.98
        else { return nil }
        let error = (high - low) / 3.92
        return share * (1 - share) / (error * error)
      }
      sum += sizes.max() ?? 0
    }
    return sum > 0 ? sum : nil
  }

  private func row(_ named: (step: String, label: String)) -> SegmentBars.Row {
    SegmentBars.Row(
      label: named.label, total: total(named.step),
      bars: segments.map { segment in
        let one = step(named.step, in: segment)
        let onward = one?.conversion.map { "\(numbers.percent($0)) went on" } ?? ""
        return SegmentBars.Bar(
          share: one?.share, low: one?.low, high: one?.high, detail: onward,
          hint: "\(named.label), \(segment.title): \(numbers.percent(one?.share)), 95% interval "
            + interval(one?.low, one?.high)
            + (one?.conversion == nil
              ? ""
              : "; \(numbers.percent(one?.conversion)) of the step before, 95% interval "
                + interval(one?.conversionLow, one?.conversionHigh)))
      })
  }

  private func interval(_ low: Double?, _ high: Double?) -> String {
    low == nil ? NumberStyle.absent : "\(numbers.percent(low)) to \(numbers.percent(high))"
  }

  private func table(_ id: String) -> ReportTable {
    ReportTable(
      id: id,
      caption: product.label.isEmpty
        ? "Share who got to each step" : "\(product.label): share at each step",
      columns: [
        .init("Step"), .init("Segment"), .init("Got there", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("Of the step before", isNumeric: true),
        .init("95% interval", isNumeric: true),
      ],
      rows: stepNames.flatMap { named in
        segments.map { segment -> [ReportTable.Cell] in
          let one = step(named.step, in: segment)
          return [
            .init(RichText(named.label), isHeader: true), .init(RichText(segment.title)),
            .percent(one?.share, numbers, shade: one?.share.map { .sequential($0) } ?? .none),
            .init(RichText(interval(one?.low, one?.high))),
            .percent(one?.conversion, numbers),
            .init(RichText(interval(one?.conversionLow, one?.conversionHigh))),
          ]
        }
      })
  }

  private func specification() -> JSONValue {
    let values = steps.map { one in
      [
        "segment": one.segment, "step": one.label, "share": one.share, "low": one.low,
        "high": one.high, "conversion": one.conversion,
      ] as JSONValue
    }
    return VegaLite.specification(
      values: values, mark: "bar",
      encoding: [
        "column": .nominal("segment"),
        "y": .nominal("step"),
        "x": .quantitative("share"),
      ])
  }
}
