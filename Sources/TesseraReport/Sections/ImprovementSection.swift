import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// What a search over single steps and bundles found, and what changes bring for their cost.
  func improvementSection(_ fit: FitResult) -> ReportSection? {
    let names = FitNames(study: results.study, fit: fit)
    // What the study declared stands with the picture in the report.
    let tables = [
      fit.improvements.isEmpty ? nil : proposalTable(fit, names), perCostTable(fit, names),
    ].compactMap { $0 }
    return tables.isEmpty
      ? nil
      : ReportSection(
        id: "improvements", title: "What to change first", blocks: tables.map { .table($0) })
  }

  /// The picture of what the study asked for, or else of what the search found.
  func improvementPicture(_ fit: FitResult) -> [Block] {
    let names = FitNames(study: results.study, fit: fit)
    if let declared = declaredTable(fit, names) {
      return picture(fit.improvements, over: declared, fit, names)
    }
    guard let proposed = perCostTable(fit, names) ?? proposalTable(fit, names) else { return [] }
    return picture(fit.trials.map(\.improvement), over: proposed, fit, names)
  }

  private func picture(
    _ improvements: [Improvement], over table: ReportTable, _ fit: FitResult, _ names: FitNames
  ) -> [Block] {
    let ranking = ChangeRanking(improvements)
    var shown = Array(ranking.order.prefix(Self.mostDrawn))
    // The largest gain is spoken of beside the picture.
    if let largest = ranking.largest, !shown.contains(largest) {
      shown[shown.count - 1] = largest
    }
    func called(_ one: Improvement) -> String {
      Findings.capitalised(names.change(one, numbers: numbers))
    }
    let title =
      switch ranking.first.count {
      case 0: "No change clearly raises the fit"
      case _ where fit.improvements.isEmpty: "What single changes and bundles would bring"
      case 1:
        "\(called(ranking.first[0])) gains most"
          + (ranking.isByCost ? " for its cost" : "") + ": "
          + "\(numbers.signed(ranking.first[0].gain, decimals: 1)) points across everyone"
      default: "\(ranking.first.count) changes gain most, too close to call"
      }
    let chart = ImprovementChart(
      title: title, improvements: shown,
      labels: shown.map { names.priced($0, isByCost: ranking.isByCost, numbers: numbers) },
      isByCost: ranking.isByCost,
      segments: fit.segments, numbers: numbers, table: table
    ).chart()
    return [chart.map { .chart($0) } ?? .table(table)]
  }

  /// Changes that are drawn; more stand in the table.
  private static let mostDrawn = 5

  /// Changes in few words: "seats 4, price 39,000 USD".
  func changes(_ set: [FeatureSetting], _ names: FitNames) -> String {
    set.map { "\(names.feature($0.feature)) \(names.level($0, numbers: numbers))" }
      .joined(separator: ", ")
  }

  private func gainCells(_ one: Improvement, by scale: Double = 15) -> [ReportTable.Cell] {
    [
      .init(
        RichText(numbers.signed(one.gain, decimals: 1)), value: one.gain,
        shade: .diverging(one.gain / scale)),
      .init(RichText(numbers.shortRange(of: one))),
    ]
  }

  private func segmentCells(_ one: Improvement) -> [ReportTable.Cell] {
    one.bySegment.map { gain in
      .init(
        RichText(
          numbers.signed(gain.gain, decimals: 1)
            + (gain.unknownRange == nil
              ? "" : " (\(numbers.shortRange(of: gain, isOuter: one.boundsAreOuter)))")),
        value: gain.gain,
        hint: "95% interval \(numbers.interval(gain.low, gain.high, decimals: 1))",
        shade: gain.gain.map { .diverging($0 / 25) } ?? .none)
    }
  }

  private func segmentColumns(
    _ fit: FitResult, _ names: FitNames
  ) -> [ReportTable.Column] {
    fit.segments.map { .init(names.segment($0.id), isNumeric: true) }
  }

  /// The declared edits by their gain over all people.
  private func declaredTable(_ fit: FitResult, _ names: FitNames) -> ReportTable? {
    guard !fit.improvements.isEmpty else { return nil }
    return ReportTable(
      id: "improvements", caption: "Gain in fit of the declared edits, in points, largest first",
      columns: [
        .init("Product"), .init("Change"), .init("All people", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("Cost", isNumeric: true),
        .init("Points per 1,000 of cost", isNumeric: true),
      ] + segmentColumns(fit, names),
      rows: fit.improvements.map { one in
        let perCost = one.cost.flatMap { $0 > 0 ? one.gain / $0 * 1000 : nil }
        return [
          .init(RichText(names.product(one.product)), isHeader: true),
          .init(RichText(changes(one.set, names))),
        ] + gainCells(one)
          + [
            .number(one.cost, numbers),
            .number(perCost, numbers, decimals: 2),
          ] + segmentCells(one)
      },
      notes: ["Gains of several changes do not add up where a barrier falls only with both."])
  }

  /// What the search found, bundles beside what their parts bring alone.
  private func proposalTable(_ fit: FitResult, _ names: FitNames) -> ReportTable? {
    let shown = fit.proposals.prefix(12)
    guard !shown.isEmpty else { return nil }
    return ReportTable(
      id: "proposals",
      caption:
        "The changes that gain most, among all edits, listed levels and bundles of up to three",
      columns: [
        .init("Product"), .init("Change"), .init("All people", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("First in", isNumeric: true),
        .init("Each alone", isNumeric: true), .init("Only together", isNumeric: true),
      ] + segmentColumns(fit, names),
      rows: shown.map { proposal in
        let isBundle = proposal.single.count > 1
        return [
          .init(RichText(names.product(proposal.improvement.product)), isHeader: true),
          .init(RichText(changes(proposal.improvement.set, names))),
        ] + gainCells(proposal.improvement)
          + [
            .init(
              RichText(
                proposal.firstIn.map { "\($0) of \(proposal.firstOf ?? 0)" } ?? "")),
            .init(
              RichText(
                isBundle
                  ? proposal.single.map { numbers.signed($0, decimals: 1) }.joined(separator: " ")
                  : "")),
            .init(
              RichText(isBundle ? numbers.signed(proposal.interaction, decimals: 1) : ""),
              value: isBundle ? proposal.interaction : nil,
              shade: isBundle ? .diverging(proposal.interaction / 15) : .none),
          ] + segmentCells(proposal.improvement)
      },
      notes: [
        "Tried are the edits, every level listed, had by another product or at which a barrier falls, "
          + "and all bundles of two and three. Intervals come from paired differences of respondents, "
          + "the segments held fixed. \"First in\" counts the resamples in which a change gains most "
          + "of those shown, alone or level with another. \"Only together\" is the gain of a bundle less what its changes gain "
          + "alone. At most four changes of a product are shown here; tessera improve shows more."
      ]
        + (fit.improvements.contains { $0.cost != nil } || !fit.proposalsPerCost.isEmpty
          ? [] : ["More changes always look better while costs are unknown."])
        + shown.compactMap { proposal in
          proposal.chosen.map {
            "With the choice repeated in each resample, the largest gain has the 95% interval "
              + "\(numbers.number($0.lowerBound, decimals: 1)) to "
              + "\(numbers.number($0.upperBound, decimals: 1))."
          }
        })
  }

  /// The changes with a cost, by what a unit of cost brings.
  private func perCostTable(_ fit: FitResult, _ names: FitNames) -> ReportTable? {
    let priced = fit.proposalsPerCost.prefix(8)
    guard !priced.isEmpty else { return nil }
    return ReportTable(
      id: "proposals-per-cost", caption: "The changes that gain most for their cost",
      columns: [
        .init("Product"), .init("Change"), .init("Points per 1,000 of cost", isNumeric: true),
        .init("Cost", isNumeric: true), .init("All people", isNumeric: true),
        .init("95% interval", isNumeric: true),
      ],
      rows: priced.map { proposal in
        let perCost = proposal.gainPerCost.map { $0 * 1000 }
        return [
          .init(RichText(names.product(proposal.improvement.product)), isHeader: true),
          .init(RichText(changes(proposal.improvement.set, names))),
          .number(perCost, numbers, decimals: 2),
          .number(proposal.improvement.cost, numbers),
        ] + gainCells(proposal.improvement)
      }, notes: ["Only changes with a cost are here; a bundle costs what its parts cost together."])
  }
}
