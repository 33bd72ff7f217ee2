import TesseraProductFit
import TesseraStudy

/// Writes the results of a run as a report: the answer first, the evidence behind it.
public struct StudyReport: Sendable {
  let results: StudyResults
  let numbers: NumberStyle

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - results: The results of a run.
  ///   - numbers: How numbers are written.
  public init(_ results: StudyResults, numbers: NumberStyle = .english) {
    self.results = results
    self.numbers = numbers
  }

  /// The report: six screens at most, ready for any writer.
  public var document: ReportDocument {
    let segmentation = results.segmentation
    return ReportDocument(
      title: results.study.title,
      subtitle: "\(Findings(results, numbers: numbers).rows), "
        + (segmentation.segments.count == 1
          ? "one group" : "\(segmentation.segments.count) segments")
        + (results.productFit.map { ", \($0.products.count) products" } ?? ""),
      sections: screens(),
      footer: "Made by Tessera from " + results.inputs.map(\.name).joined(separator: ", ")
        + ". Method, settings, warnings and checksums stand in the appendix and in run.json."
    ).mappingCharts(withBase)
  }

  /// Everything else: every table, criterion, map and setting.
  public var appendix: ReportDocument { appendix(of: document) }

  /// Everything else, beside a report that is there already.
  ///
  /// - Parameter report: What ``document`` returned.
  /// - Returns: Every table, criterion, map and setting.
  public func appendix(of report: ReportDocument) -> ReportDocument {
    var sections = [profileSection(), choiceSection()].compactMap { $0 } + evidenceSections()
    if let fit = results.productFit {
      sections += [fitSection(fit), opportunitySection(fit)]
      if !Findings(results).stopsAdvice, let improvements = improvementSection(fit) {
        sections.append(improvements)
      }
      if !Findings(results).stopsAdvice, let targets = targetSection(fit) {
        sections.append(targets)
      }
      if let prices = pricingSection(fit) { sections.append(prices) }
      if let reach = funnelSection(fit) { sections.append(reach) }
      sections += furtherSections(fit)
    } else if let fit = results.fit {
      if let reach = funnelSection(fit) { sections.append(reach) }
      sections += QuestionReport(study: results.study, fit: fit, numbers: numbers).sections
      if let prices = pricingSection(fit) { sections.append(prices) }
    }
    if let section = validationSection() { sections.append(section) }
    sections.append(methodSection())
    let drawn = report.charts.map { Block.table($0.table) }
    if !drawn.isEmpty {
      sections.append(
        ReportSection(id: "numbers", title: "The numbers of the report's charts", blocks: drawn))
    }
    return ReportDocument(
      title: "Appendix: \(results.study.title)", subtitle: report.subtitle, sections: sections,
      footer: report.footer
    ).mappingCharts(withBase)
  }

  /// Every chart of report and appendix, each once.
  public var charts: [Chart] {
    let report = document
    return report.charts + appendix(of: report).charts
  }

  /// A chart that tells how many people it rests on.
  private func withBase(_ chart: Chart) -> Chart {
    let segmentation = results.segmentation
    let all = numbers.number(segmentation.respondents)
    var told = chart
    let base =
      chart.segment.flatMap { id in segmentation.segments.first { $0.id == id } }
      .map { "n\u{A0}=\u{A0}\(numbers.number($0.respondents)) of \(all) respondents." }
      ?? "n\u{A0}=\u{A0}\(all) respondents."
    told.subtitle += (chart.subtitle.isEmpty ? "" : " ") + base
    if results.privacy == .none { told.subtitle += " " + Privacy.unprotected }
    return told
  }

  func profileChart(limit: Int, id: String = "profile") -> Chart? {
    if MeanProfileChart.suits(results.profiles) {
      var chart = MeanProfileChart(profiles: results.profiles, numbers: numbers, limit: limit)
        .chart(title: "How the segments rate")
      chart?.id = id
      chart?.table.id = id
      return chart
    }
    let marked = results.profiles.segments.first.map { segment in
      segment.variables.filter { variable in
        results.profiles.segments.contains { other in
          other.variables.contains { $0.name == variable.name && $0.distinctive }
        }
      }.count
    }
    var chart = SegmentProfileChart(profiles: results.profiles, numbers: numbers, limit: limit)
      .chart(
        title: Findings(results).stopsAdvice || results.profiles.segments.count == 1
          ? results.profiles.segments.count == 1
            ? "What everybody answered" : "How the segments answered"
          : marked.map {
            "\($0 == 1 ? "One question sets" : "\($0) questions set") the segments apart"
          } ?? "Segment profiles")
    chart?.id = id
    chart?.table.id = id
    return chart
  }

  func choiceSection() -> ReportSection? {
    let segmentation = results.segmentation
    guard segmentation.method != "given" else { return nil }
    var blocks: [Block] = []
    if !segmentation.recommendation.isEmpty {
      blocks.append(.list(segmentation.recommendation.map { RichText($0) }, numbered: false))
    }
    let tried = segmentation.selection.map(\.segments)
    let title =
      (tried.max() ?? 1) > (tried.min() ?? 1)
      ? "How \(segmentation.segments.count) "
        + "\(segmentation.segments.count == 1 ? "segment was" : "segments were") chosen among "
        + "\(tried.min() ?? 1) to \(tried.max() ?? 1)"
      : "\(segmentation.segments.count) segments were asked for"
    let selection = SelectionChart(
      segmentation: segmentation, evidence: results.evidence, numbers: numbers)
    if let chart = selection.chart(title: title) {
      blocks.append(.chart(chart))
    }
    if let stability = segmentation.stability {
      blocks.append(
        .table(
          ReportTable(
            id: "stability",
            caption: "How far the same segments are found in \(stability.replicates) pairs of "
              + "bootstrap samples",
            columns: [.init("Segment"), .init("Mean best overlap (Jaccard)", isNumeric: true)],
            rows: zip(segmentation.segments, stability.jaccard).map { segment, overlap in
              [
                .init(RichText(segment.title), isHeader: true),
                .number(overlap, numbers, decimals: 2, shade: .sequential(overlap)),
              ]
            },
            notes: [
              "Whole solution: median adjusted Rand index "
                + "\(numbers.number(stability.median, decimals: 2)) "
                + "(90% of pairs from \(numbers.interval(stability.low, stability.high, decimals: 2)))."
            ])))
    }
    blocks += neighbourBlocks() + solutionBlocks()
    guard !blocks.isEmpty else { return nil }
    return ReportSection(id: "choice", title: "How many segments, and why", blocks: blocks)
  }
}
