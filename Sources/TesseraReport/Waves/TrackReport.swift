import TesseraStudy
public import TesseraWaves

/// Segments over waves, as a report of its own.
public struct TrackReport: Sendable {
  let result: TrackResult
  let numbers: NumberStyle
  /// Names of the files it was made from.
  let sources: [String]
  /// What a reader should know of privacy, in sentences.
  let privacy: [String]

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - result: What changed.
  ///   - sources: Names of the files it was made from.
  ///   - privacy: What is hidden of small groups, in sentences.
  ///   - numbers: How numbers are written.
  public init(
    _ result: TrackResult, sources: [String], privacy: [String] = [],
    numbers: NumberStyle = .english
  ) {
    self.result = result
    self.sources = sources
    self.privacy = privacy
    self.numbers = numbers
  }

  /// The report, ready for any writer.
  public var document: ReportDocument {
    let people = result.waves.map { "\($0.name) \(numbers.number($0.respondents))" }
    return ReportDocument(
      title: "Segments over \(result.waves.count) waves",
      subtitle: "People with a segment: \(people.joined(separator: ", "))"
        + (result.isWeighted ? "; weighted" : "")
        + (result.panel.map { "; \(numbers.number(Double($0))) people in several waves" } ?? ""),
      sections: [
        ReportSection(id: "answer", title: "What changed", claim: headline, blocks: answer),
        sizeSection, movedSection, seriesSection([.fit], "fit", "Fit of the products"),
        seriesSection([.need], "needs", "Needs"),
        seriesSection([.funnel, .conversion], "funnel", "Where each segment is lost"),
        questionSection,
        ReportSection(id: "method", title: "How this was computed", blocks: method),
      ].compactMap { $0 },
      footer: "Made by Tessera from \(sources.joined(separator: ", ")).")
  }

  /// What a terminal shows.
  public var summary: [Block] {
    var blocks: [Block] = [.lead(RichText(headline + "."))]
    if !changed.isEmpty { blocks.append(.table(changeTable(changed, id: "changes"))) }
    blocks.append(.table(sizeTable))
    if let table = movedTable { blocks.append(.table(table)) }
    return blocks
  }

  /// The leading series whose change is told, the surest first.
  var changed: [TrackedSeries] {
    (result.sizes + result.measures).filter { $0.isChanged && $0.leads }
      .sorted { ($0.pAdjusted ?? 1, $0.label) < ($1.pAdjusted ?? 1, $1.label) }
  }

  /// Fewer people of a segment are not compared.
  private static let leastPeople = 30.0

  /// Which waves hold too few people for any comparison, as the end of a sentence.
  private var few: String {
    let small = result.waves.filter { $0.respondents < Self.leastPeople }
    guard !small.isEmpty else { return "" }
    return " in " + Findings.list(small.map { "\($0.name) (\(numbers.number($0.respondents)))" })
  }

  /// The first sentence, which rests on the tests by design alone.
  ///
  /// The test of profiles finds changes too often on real surveys, so it opens no report.
  public var headline: String {
    let waves = "\(result.waves.count) waves"
    guard result.tests.found > 0 else {
      return result.tests.made == 0
        ? "Nothing can be compared over \(waves): too few people" + few
        : "No change over \(waves) is statistically significant"
    }
    let count = result.tests.found
    return
      "\(count) of \(numbers.number(Double(result.tests.made))) comparisons changed over \(waves)"
  }

  private var answer: [Block] {
    var blocks: [Block] = []
    if !changed.isEmpty {
      blocks.append(
        .list(changed.prefix(8).map { RichText(sentence($0)) }, numbered: false))
      if changed.count > 8 { blocks.append(.paragraph("All changes are in the table below.")) }
      blocks.append(.table(changeTable(changed, id: "changes")))
    } else {
      blocks.append(
        .paragraph(
          result.tests.made == 0
            ? "A wave needs \(numbers.number(Self.leastPeople)) people or more in a segment to be compared."
            : "Differences between waves are no larger than chance gives with these bases. Smaller changes "
              + "than the intervals below may still have happened."))
    }
    blocks += result.notes.map { .note(.info, RichText($0)) }
    return blocks
  }

  /// A change as a sentence around its numbers.
  private func sentence(_ series: TrackedSeries) -> String {
    guard let change = series.change, let from = series.points[change.from].value,
      let to = series.points[change.to].value
    else { return what(series) }
    return "\(who(series)): \(what(series)) \(number(from, series)) in "
      + "\(result.waves[change.from].name), \(number(to, series)) in "
      + "\(result.waves[change.to].name) (\(difference(change.difference, series)), 95% interval "
      + "\(difference(change.low, series)) to \(difference(change.high, series)))"
  }

  func who(_ series: TrackedSeries) -> String {
    series.segment.map { result.segments[$0].display } ?? "Everybody"
  }

  func what(_ series: TrackedSeries) -> String {
    switch series.kind {
    case .size: "share of people"
    case .fit: "fit of \(series.label)"
    case .conversion: "share that goes on \(series.label)"
    default: series.answer.isEmpty ? series.label : "\(series.label): \(series.answer)"
    }
  }

  /// A number in its unit.
  func number(_ value: Double?, _ series: TrackedSeries) -> String {
    guard let value else { return NumberStyle.absent }
    return switch series.unit {
    case .share: numbers.percent(value)
    case .mean: numbers.number(value, decimals: 2)
    case .points: numbers.number(value)
    }
  }

  /// A difference with its sign; of shares in points.
  func difference(_ value: Double, _ series: TrackedSeries) -> String {
    switch series.unit {
    case .share: numbers.signed(value * 100) + " points"
    case .mean: numbers.signed(value, decimals: 2)
    case .points: numbers.signed(value, decimals: 1) + " points"
    }
  }
}
