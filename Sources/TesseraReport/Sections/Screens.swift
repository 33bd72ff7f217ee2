import TesseraProductFit
import TesseraStudy

/// The screens of the report: each one claim, one picture, few words, and a fold for the rest.
extension StudyReport {
  /// The screens, in the order in which questions are asked.
  func screens() -> [ReportSection] {
    let fit = results.productFit
    return [
      answerScreen(), peopleScreen(), fit.flatMap(fitScreen), fit.flatMap(changeScreen),
      reachScreen(), fit == nil ? questionScreen() : nil, trustScreen(),
    ].compactMap { $0 }
  }

  private var findings: Findings { Findings(results, numbers: numbers) }

  /// How many of those asked are in a segment.
  private var used: String {
    let own = results.segmentation.respondents
    guard let asked = results.asked, asked > own else { return "all of them are in the segments" }
    return "\(numbers.number(own)) answered what makes the segments"
  }

  private func answerScreen() -> ReportSection {
    let findings = findings
    let light = findings.light
    let segmentation = results.segmentation
    let least = segmentation.segments.map(\.respondents).min()
    var blocks: [Block] = [
      .tiles([
        Tile(
          title: segmentation.basis?.people == nil ? "People asked" : "Rows used",
          value: numbers.number(
            segmentation.basis?.people == nil
              ? results.asked ?? segmentation.respondents
              : segmentation.respondents),
          detail: results.study.population.map { "standing for \(numbers.number($0))" }
            ?? segmentation.basis?.people.map { "of \(numbers.number(Double($0))) people" }
            ?? used),
        Tile(
          title: "Segments",
          value: segmentation.segments.count == 1 && segmentation.verdict?.kind != .given
            ? "none" : numbers.number(Double(segmentation.segments.count)),
          detail: segmentation.segments.count == 1
            ? segmentation.verdict?.kind == .given
              ? "set beforehand, not found" : "one group describes the answers"
            : (least ?? 0) < Double(results.minimumCell)
              ? "the smallest: under \(results.minimumCell) people"
              : "the smallest: \(numbers.number(least)) people"),
        Tile(
          title: "How sure", value: light.words,
          detail: light.reasons.first ?? "bases and shares are well supported",
          light: light.colour),
      ])
    ]
    if segmentation.segments.count > 1 { blocks.append(.shares(findings.cards)) }
    if let fit = results.productFit {
      var chart = FitHeatMap(fit: fit, numbers: numbers).chart()
      if let mark = findings.mark { chart.subtitle = mark + " " + chart.subtitle }
      blocks.append(.chart(chart))
    } else if let chart = profileChart(limit: 8, id: "profile-short") {
      blocks.append(.chart(chart))
    }
    let doubts = findings.whatWouldChange
    if !doubts.isEmpty {
      blocks.append(.heading("What would change this answer"))
      blocks.append(.list(doubts.map { RichText($0) }, numbered: false))
    }
    return ReportSection(
      id: "answer", title: "The answer", claim: findings.headline, blocks: blocks)
  }

  private func peopleScreen() -> ReportSection {
    let cards = findings.cards
    return ReportSection(
      id: "people", title: "The segments", claim: findings.segmentClaim,
      blocks: [
        .segments(cards), .pages(segmentPages()),
      ] + filterTool() + [
        .more([.init(title: "Every question by segment", anchor: "profiles")])
      ])
  }

  private func fitScreen(_ fit: FitResult) -> ReportSection {
    let names = FitNames(study: results.study, fit: fit)
    var blocks: [Block] = []
    if let mark = findings.mark { blocks.append(.note(.warning, RichText(mark))) }
    if let reasons = findings.fitReasons { blocks.append(.paragraph(RichText(reasons))) }
    if let chart = mainLedger(fit, names) { blocks.append(.chart(chart)) }
    if !fit.mismatches.isEmpty {
      blocks.append(
        .details(
          summary: "The largest mismatches",
          [.table(mismatchTable("mismatches-first", Array(fit.mismatches.prefix(8)), names))]))
    }
    blocks.append(
      .more([
        .init(title: "Every mismatch and ledger", anchor: "fit"),
        .init(title: "Opportunities", anchor: "opportunities"),
      ]))
    return ReportSection(
      id: "fit", title: "What fits whom", claim: findings.fitClaim, blocks: blocks)
  }

  /// Where the points go of the product and the segment that the screen speaks of.
  func mainLedger(_ fit: FitResult, _ names: FitNames) -> Chart? {
    guard let cell = findings.claimedCell(fit) else { return ledgerCharts(fit, names).first }
    return LedgerChart(cell: cell, names: names, numbers: numbers).chart()
  }

  private func changeScreen(_ fit: FitResult) -> ReportSection? {
    let isStopped = findings.stopsAdvice
    var blocks: [Block] = []
    if !isStopped, let largest = findings.largestChange(fit) {
      blocks.append(.paragraph(RichText(largest)))
    }
    if !isStopped { blocks += improvementPicture(fit) }
    if !isStopped, fit.improvements.isEmpty, fit.proposalsPerCost.isEmpty, !fit.proposals.isEmpty {
      blocks.append(
        .paragraph(
          "These are trials, not advice: no change was listed in the study, and more changes always "
            + "look better while costs are unknown."))
    }
    if let tool = whatIfTool() {
      blocks.append(.heading("Try a change"))
      blocks += tool
    }
    if !isStopped, improvementSection(fit) != nil {
      blocks.append(
        .more([.init(title: "All changes, alone and together", anchor: "improvements")]))
    }
    blocks += decisionFolds(fit)
    guard !blocks.isEmpty else { return nil }
    return ReportSection(
      id: "change", title: "What to change",
      claim: isStopped
        ? "No change is proposed while the segments are in doubt."
        : findings.whatToChange(fit, hasRange: false), blocks: blocks)
  }

  private func reachScreen() -> ReportSection? {
    let segments = results.segmentation.segments
    let channels = ChannelChart(channels: channelReaches, segments: segments, numbers: numbers)
    guard let chart = channels.chart(most: 10) else { return nil }
    var blocks: [Block] = []
    let told =
      results.fit.map {
        QuestionReport(study: results.study, fit: $0, numbers: numbers).channelSentence
      } ?? nil
    if let told { blocks.append(.paragraph(RichText(told))) }
    if let fit = results.fit, let told = ChannelPlanReport(fit, numbers).lead {
      blocks.append(.paragraph(RichText(told)))
    }
    blocks.append(.chart(chart))
    var links: [AppendixLink] = []
    if results.fit.flatMap(funnelSection) != nil {
      links.append(.init(title: "From knowing to buying", anchor: "reach"))
    }
    if results.fit?.reachSets.isEmpty == false {
      links.append(.init(title: "Best channel mix", anchor: "best-sets"))
    }
    if !links.isEmpty { blocks.append(.more(links)) }
    return ReportSection(
      id: "reach", title: "How to reach and win them",
      claim: findings.stopsAdvice
        ? "No channel is proposed while the segments are in doubt."
        : findings.reachClaim ?? chart.title + ".",
      blocks: blocks)
  }

  /// What questions without products tell: needs, prices, kinds of features, drivers.
  private func questionScreen() -> ReportSection? {
    guard let fit = results.fit else { return nil }
    let report = QuestionReport(study: results.study, fit: fit, numbers: numbers)
    let sections = report.sections.filter { $0.id != "best-sets" }
    let prices = report.pricings.compactMap(\.chart)
    guard !sections.isEmpty || !prices.isEmpty else { return nil }
    let sentences = report.sentences
    var blocks: [Block] = sentences.dropFirst().map { .paragraph(RichText($0)) }
    if let chart = sections.flatMap({ $0.blocks.flatMap(\.charts) }).first ?? prices.first {
      var drawn = chart
      drawn.id += "-first"
      blocks.append(.chart(drawn))
    } else if let table = sections.first?.blocks.first {
      blocks.append(table)
    }
    var links = sections.map { AppendixLink(title: $0.title, anchor: $0.id) }
    if !prices.isEmpty {
      links.append(.init(title: "Prices by segment", anchor: "prices-by-product"))
    }
    blocks.append(.more(links))
    return ReportSection(
      id: "questions", title: "What else they told us", claim: sentences.first, blocks: blocks)
  }

  private func trustScreen() -> ReportSection {
    let segmentation = results.segmentation
    var blocks: [Block] = []
    if let verdict = segmentation.verdict, !verdict.stopsAdvice {
      blocks.append(.paragraph(RichText(verdict.words)))
    }
    if let scale = segmentation.scaleUse?.sentence {
      blocks.append(.note(.warning, RichText(scale)))
    }
    for sentence in segmentation.basis?.all ?? [] {
      blocks.append(.note(.warning, RichText(sentence)))
    }
    if let validation = results.validation {
      blocks.append(.paragraph(RichText(validation.verdict.sentence)))
    }
    if let chart = ShareIntervalChart(
      profiles: results.profiles, stability: segmentation.stability?.jaccard, numbers: numbers
    ).chart() {
      blocks.append(.chart(chart))
    }
    // The verdict stands above.
    let warnings = (segmentation.warnings + (results.fit?.warnings ?? []))
      .filter { !findings.verdict.contains($0) }
    if !warnings.isEmpty {
      blocks.append(
        .details(
          summary: warnings.count == 1
            ? "One data warning: read it before using the numbers"
            : "\(warnings.count) data warnings: read them before using the numbers",
          [.list(warnings.map { RichText($0) }, numbered: false)]))
    }
    var links = [AppendixLink(title: "Method, quality and settings", anchor: "method")]
    if choiceSection() != nil {
      links.insert(.init(title: "How many segments, and why", anchor: "choice"), at: 0)
    }
    if results.validation != nil {
      links.append(.init(title: "Held against real choices", anchor: "validation"))
    }
    blocks.append(.more(links))
    return ReportSection(
      id: "trust", title: "How far to trust it", claim: findings.light.sentence, blocks: blocks)
  }
}
