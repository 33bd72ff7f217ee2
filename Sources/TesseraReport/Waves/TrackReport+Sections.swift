import TesseraStudy
import TesseraWaves

extension TrackReport {
  var sizeSection: ReportSection {
    let told = result.sizes.filter { $0.isChanged }
    let title =
      told.isEmpty
      ? "No segment's share of people changed significantly"
      : "\(told.count) of \(result.sizes.count) segments changed their share of people"
    return ReportSection(
      id: "sizes", title: "Sizes of the segments",
      blocks: [.chart(chart(result.sizes, id: "sizes", title: title)), .table(sizeTable)])
  }

  /// Lines of some series, one for each segment.
  private func chart(_ series: [TrackedSeries], id: String, title: String) -> Chart {
    let unit = series.first?.unit ?? .share
    let drawing = WaveChart(
      waves: result.waves.map(\.name),
      lines: series.map { one in
        WaveChart.Line(
          name: who(one), colour: one.segment ?? 7,
          points: one.points.map { point in
            point.value.map { ($0, point.low, point.high) }
          })
      },
      text: { [numbers] value in
        switch unit {
        case .share: numbers.percent(value)
        case .mean: numbers.number(value, decimals: 1)
        case .points: numbers.number(value)
        }
      })
    let bases = result.waves.map { numbers.number($0.respondents) }.joined(separator: ", ")
    return Chart(
      id: id, title: title,
      subtitle: "\(unitWords(unit)), with 95% intervals by design (upright lines)"
        + "\(result.isWeighted ? "; weighted" : ""). n = \(bases).",
      description: "\(series.count) lines over \(result.waves.count) waves",
      svg: drawing.svg(description: title), vegaLite: drawing.specification(),
      table: changeTable(series, id: id, caption: title))
  }

  private func unitWords(_ unit: TrackedSeries.Unit) -> String {
    switch unit {
    case .share: "Share of people"
    case .mean: "Mean"
    case .points: "Mean fit, 0 to 100"
    }
  }

  /// Whether the segments themselves have moved.
  var movedSection: ReportSection? {
    guard let moved = result.moved, let table = movedTable else { return nil }
    var blocks: [Block] = [
      .paragraph(
        "The tables above place people by the frozen model. Here each wave is fitted anew: first with the "
          + "same sizes and profiles in all waves, then with sizes of its own, then with profiles of its "
          + "own."),
      .table(table),
    ]
    let sure = moved.questions.filter { $0.pAdjusted <= 0.05 }
    if !sure.isEmpty {
      blocks.append(
        .table(
          ReportTable(
            id: "moved-questions", caption: "Questions whose profile in a segment may have changed",
            columns: [
              .init("Segment"), .init("Question"),
              .init("Evidence against chance", isNumeric: true),
              .init("p (adjusted)", isNumeric: true),
            ],
            rows: sure.map { one in
              [
                .init(RichText(result.segments[one.segment].display), isHeader: true),
                .init(RichText(result.questions[one.item].label)),
                .init(
                  RichText("\(numbers.number(one.ratio, decimals: 1)) times"), value: one.ratio),
                .init(RichText(numbers.probability(one.pAdjusted)), value: one.pAdjusted),
              ]
            },
            notes: [
              "Adjusted for all segments and questions together: p is the share of simulated sets in which "
                + "any of them shows as much."
            ])))
    }
    if let stay = moved.stay {
      blocks.append(
        .paragraph(
          RichText(
            "\(numbers.percent(stay)) of the people asked again keep their segment from one wave to the "
              + "next by the model; the others are drawn anew, and may come back to it.")))
    }
    return ReportSection(
      id: "moved", title: "Have the segments themselves moved?", blocks: blocks)
  }

  /// Series of some kinds: a chart for each thing, and a table of all.
  func seriesSection(
    _ kinds: [TrackedSeries.Kind], _ id: String, _ title: String
  ) -> ReportSection? {
    let series = result.measures.filter { kinds.contains($0.kind) }
    guard !series.isEmpty else { return nil }
    var blocks: [Block] = []
    let found = series.count { $0.isChanged && $0.leads }
    blocks.append(
      .paragraph(
        RichText(
          found == 0
            ? "No change is statistically significant." : "\(found) significant changes.")))
    if kinds.contains(.conversion) { blocks.append(.list(losses(series), numbered: false)) }
    var names: [String] = []
    for one in series where one.kind != .funnel && !names.contains(one.name) {
      names.append(one.name)
    }
    if kinds != [.need] {
      for (place, name) in names.prefix(6).enumerated() {
        let own = series.filter { $0.name == name && $0.kind != .funnel && $0.segment != nil }
        guard let first = own.first else { continue }
        let found = own.filter(\.isChanged)
        let words =
          found.isEmpty
          ? "no significant change"
          : found.map { who($0) }.joined(separator: ", ") + " changed"
        blocks.append(
          .chart(
            chart(own, id: "\(id)-\(place + 1)", title: "\(capital(what(first))): \(words)")))
      }
    }
    blocks.append(
      .details(
        summary: "All numbers",
        [.table(changeTable(series, id: "\(id)-all", caption: title))]))
    return ReportSection(id: id, title: title, blocks: blocks)
  }

  /// For each segment the step at which most are lost in the last wave, and whether that has changed.
  private func losses(_ series: [TrackedSeries]) -> [RichText] {
    result.segments.indices.compactMap { segment in
      let steps = series.filter { $0.kind == .conversion && $0.segment == segment }
      let worst = steps.filter { $0.points.last?.value != nil }
        .min { ($0.points.last?.value ?? 1) < ($1.points.last?.value ?? 1) }
      guard let worst else { return nil }
      let change = worst.change.map { difference($0.difference, worst) } ?? NumberStyle.absent
      return RichText(
        "\(who(worst)): most are lost \(worst.label); \(number(worst.points.last?.value, worst)) go on ("
          + (worst.isChanged ? "\(change), a significant change" : "no significant change") + ")")
    }
  }

  private func capital(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// All other questions, segment by segment.
  var questionSection: ReportSection? {
    let kinds: [TrackedSeries.Kind] = [.active, .passive, .value, .channel]
    let series = result.measures.filter { kinds.contains($0.kind) }
    guard !series.isEmpty else { return nil }
    var blocks: [Block] = [
      .paragraph(
        "Shares and means in each wave, people placed by the frozen model. Bold: a significant change."
      )
    ]
    for group in result.segments.indices.map(Optional.some) + [nil] {
      let own = series.filter { $0.segment == group }
      guard let first = own.first else { continue }
      let count = own.count { $0.isChanged && $0.leads }
      blocks.append(
        .details(
          summary: "\(who(first)): \(count == 0 ? "no" : "\(count)") significant "
            + "\(count == 1 ? "change" : "changes")",
          [
            .table(
              changeTable(
                own, id: "questions-\(group.map { "\($0 + 1)" } ?? "all")",
                caption: who(first)))
          ]))
    }
    return ReportSection(id: "questions", title: "All questions", blocks: blocks)
  }

  var method: [Block] {
    var lines = [
      "People of every wave are placed by the frozen model. Sizes are the maximum of each wave's "
        + "likelihood with the profiles frozen; where nothing changed they are those of the study. "
        + "Fits and questions that formed the segments are weighted by posterior probabilities, all others are "
        + "freed from errors of placing (BCH).",
      "Intervals and tests are by design: weights, strata and clusters; people seen in several waves are "
        + "one unit, so that their covariance enters every difference. Tests: Rao and Scott for answers, "
        + "Wald F for sizes, means and fit, over all waves at once, where 30 people or more answered.",
      "Multiplicity: p is adjusted over all \(numbers.number(Double(result.tests.made))) tests of this "
        + "report (Benjamini-Hochberg): at most 5% of the changes shown are expected to be chance.",
    ]
    if result.moved != nil {
      lines.append(
        "Movement of the segments: M0 has the same sizes and profiles in all waves, M1 sizes of its own "
          + "for each wave, M2 sizes and profiles. Twice the gain in log-likelihood is held against sets "
          + "drawn from the model without the change, in which rows keep their weight, cluster, gaps and "
          + "person across waves. Misfit is the fall in mean log-likelihood per person under the frozen "
          + "model beyond what M2 expects.")
    }
    return (lines + privacy).map { .paragraph(RichText($0)) }
  }
}
