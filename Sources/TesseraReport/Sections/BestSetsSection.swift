import TesseraProductFit

extension QuestionReport {
  /// The sets of media, products and features that reach most.
  func bestSetsSection() -> ReportSection? {
    guard !fit.reachSets.isEmpty else { return nil }
    let names = FitNames(study: study, fit: fit)
    let audiences = audiences(fit)
    func label(_ kind: ReachSet.Kind, _ item: String) -> String {
      switch kind {
      case .channels: fit.channels.first { $0.channel == item }?.label ?? item
      case .products: names.product(item)
      case .features: names.feature(item)
      }
    }
    let titles: [(ReachSet.Kind, String, String)] = [
      (.channels, "Channels", "A person is reached who uses one of them."),
      (.products, "Products", "A person is reached whom one of them fits by 50 points or more."),
      (
        .features, "Features",
        "A person is reached if one of them serves strongly (9) a need in their top boxes."
      ),
    ]
    let tables = titles.compactMap { kind, title, note -> Block? in
      let sets = fit.reachSets.filter { $0.kind == kind && $0.reach != nil }
      guard !sets.isEmpty else { return nil }
      let ordered = audiences.flatMap { audience in sets.filter { $0.segment == audience.id } }
      return .table(
        ReportTable(
          id: "best-\(kind.rawValue)", caption: title,
          columns: [
            .init("Audience"), .init("Set"), .init("Reach", isNumeric: true),
            .init("95% interval"), .init("Average frequency", isNumeric: true),
            .init("Index", isNumeric: true), .init("Stepwise", isNumeric: true),
            .init("Next best sets"),
          ],
          rows: ordered.map { set in
            [
              .init(
                RichText(audiences.first { $0.id == set.segment }?.title ?? ""), isHeader: true),
              .init(
                RichText(
                  set.items.map { label(kind, $0) }.joined(separator: ", ")
                    + (set.isOptimal ? "" : " (may not be the best)"))),
              .percent(
                set.reach, numbers,
                hint: set.se.map { "standard error \(numbers.percent($0, decimals: 1))" } ?? "",
                shade: set.reach.map { .sequential($0) } ?? .none),
              .init(RichText(interval(set))),
              .number(set.frequency, numbers, decimals: 2),
              .number(set.affinity, numbers),
              .percent(set.greedyReach, numbers),
              .init(RichText(runnersUp(set) { label(kind, $0) })),
            ]
          },
          notes: [
            note
              + " Index: 100 where the audience is reached like everybody. Average frequency: how "
              + "many of the set reach a person who is reached; ties in reach go to the higher one. "
              + "Stepwise: the reach when the next best item is added each time. "
              + "= marks sets whose reach is not clearly lower."
          ]))
    }
    guard !tables.isEmpty else { return nil }
    let plans = ChannelPlanReport(fit, numbers)
    return ReportSection(
      id: "best-sets", title: "Best channel mix",
      blocks: (fit.channelPlans.isEmpty ? [] : plans.blocks)
        + (tables.count > 1
          ? [tables[0], .details(summary: "Products and features", Array(tables.dropFirst()))]
          : tables))
  }

  private func interval(_ set: ReachSet) -> String {
    guard let low = set.low, let high = set.high else { return "–" }
    return "\(numbers.percent(low)) to \(numbers.percent(high))"
  }

  /// The sets that come next, with their reach and frequency.
  private func runnersUp(_ set: ReachSet, _ label: (String) -> String) -> String {
    set.runnersUp.map { next in
      next.items.map(label).joined(separator: ", ") + (next.isLevel ? " = " : " ")
        + "(\(numbers.percent(next.reach)), \(numbers.number(next.frequency, decimals: 2)))"
    }.joined(separator: "; ")
  }
}
