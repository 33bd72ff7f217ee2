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

  /// The report as a tree, ready for any writer.
  public var document: ReportDocument {
    let segmentation = results.segmentation
    var sections = [answerSection(), peopleSection()]
    if let choice = choiceSection() { sections.append(choice) }
    sections += evidenceSections()
    if let fit = results.productFit {
      sections.append(fitSection(fit))
      if let whatIf = whatIfSection() { sections.append(whatIf) }
      sections.append(opportunitySection(fit))
      if !Findings(results).stopsAdvice, let improvements = improvementSection(fit) {
        sections.append(improvements)
      }
      if let reach = reachSection(fit) { sections.append(reach) }
      sections += furtherSections(fit)
    } else {
      if let reach = reachSection(results.fit) { sections.append(reach) }
      if let fit = results.fit {
        sections += QuestionReport(study: results.study, fit: fit, numbers: numbers).sections
      }
    }
    if let section = validationSection() { sections.append(section) }
    sections.append(methodSection())
    let document = ReportDocument(
      title: results.study.title,
      subtitle: "\(numbers.number(segmentation.respondents)) respondents, "
        + "\(segmentation.segments.count) segments"
        + (results.productFit.map { ", \($0.products.count) products" } ?? ""),
      sections: sections,
      footer: "Made by Tessera from " + results.inputs.map(\.name).joined(separator: ", ")
        + ". Settings, warnings and checksums stand in the last section and in run.json.")
    return document.mappingCharts(withBase)
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

  private func answerSection() -> ReportSection {
    let findings = Findings(results, numbers: numbers)
    let first = findings.verdict.count
    var blocks: [Block] = findings.sentences.enumerated().map { place, sentence in
      place < first && findings.isDoubt
        ? .note(.warning, RichText(sentence)) : .lead(RichText(sentence))
    }
    if let fit = results.productFit {
      var chart = FitHeatMap(fit: fit, numbers: numbers).chart()
      if let mark = findings.mark { chart.subtitle = mark + " " + chart.subtitle }
      blocks.append(.chart(chart))
    } else if let chart = profileChart(limit: 14) {
      blocks.append(.chart(chart))
    }
    let urgent = results.segmentation.warnings + (results.fit?.warnings ?? [])
    if !urgent.isEmpty {
      blocks.append(
        .note(
          .warning,
          RichText(
            "\(urgent.count == 1 ? "one warning" : "\(urgent.count) warnings") in the last section "
              + "should be read before the numbers are used.")))
    }
    return ReportSection(id: "answer", title: "In short", blocks: blocks)
  }

  func profileChart(limit: Int) -> Chart? {
    let marked = results.profiles.segments.first.map { segment in
      segment.variables.filter { variable in
        results.profiles.segments.contains { other in
          other.variables.contains { $0.name == variable.name && $0.distinctive }
        }
      }.count
    }
    return SegmentProfileChart(profiles: results.profiles, numbers: numbers, limit: limit)
      .chart(
        title: marked.map {
          "\($0 == 1 ? "One question sets" : "\($0) questions set") the segments apart"
        } ?? "Segment profiles")
  }

  private func choiceSection() -> ReportSection? {
    let segmentation = results.segmentation
    guard segmentation.method != "given" else { return nil }
    var blocks: [Block] = []
    if !segmentation.recommendation.isEmpty {
      blocks.append(.list(segmentation.recommendation.map { RichText($0) }, numbered: false))
    }
    let title =
      segmentation.recommendation.first
      ?? "\(segmentation.segments.count) segments were asked for"
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
            caption: "How well each segment comes back in \(stability.replicates) pairs of "
              + "bootstrap samples",
            columns: [.init("Segment"), .init("Mean best overlap (Jaccard)", isNumeric: true)],
            rows: zip(segmentation.segments, stability.jaccard).map { segment, overlap in
              [
                .init(RichText("\(segment.id) \(segment.name)"), isHeader: true),
                .init(
                  RichText(numbers.number(overlap, decimals: 2)), value: overlap,
                  shade: .sequential(overlap)),
              ]
            },
            notes: [
              "Whole solution: median adjusted Rand index "
                + "\(numbers.number(stability.median, decimals: 2)) "
                + "(90% of pairs from \(numbers.interval(stability.low, stability.high, decimals: 2)))."
            ])))
    }
    blocks += solutionBlocks()
    guard !blocks.isEmpty else { return nil }
    return ReportSection(id: "choice", title: "How many segments, and how sure", blocks: blocks)
  }
}
