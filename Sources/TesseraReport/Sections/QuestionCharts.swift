import TesseraProductFit

extension QuestionReport {
  /// The chart of everybody, and those of the segments behind a line.
  func byAudience(
    _ fit: FitResult, _ chart: ((id: String?, title: String), Int?) -> Chart?
  ) -> [Block] {
    let charts = audiences(fit).enumerated().map { place, audience in
      chart(audience, place == 0 ? nil : place - 1)
    }
    let segments = charts.dropFirst().compactMap { $0 }
    return charts.prefix(1).compactMap { $0 }.map { .chart($0) }
      + (segments.isEmpty
        ? [] : [.details(summary: "The same by segment", segments.map { .chart($0) })])
  }

  /// The importance-performance map of an audience.
  func importancePerformanceChart(
    _ fit: FitResult, _ audience: (id: String?, title: String), _ position: Int?
  ) -> Chart? {
    let names = FitNames(study: study, fit: fit)
    let own = fit.importancePerformance.filter { $0.segment == audience.id && $0.importance != nil }
    let points = own.compactMap { one -> QuadrantChart.Point? in
      guard let x = one.performance, let y = one.importance else { return nil }
      return QuadrantChart.Point(
        label: names.need(one.need), x: x, y: y,
        hint: "importance \(numbers.percent(y)), satisfaction \(numbers.percent(x)): "
          + (one.advice?.rawValue ?? ""),
        errors: one.performanceSE.flatMap { x in one.importanceSE.map { (x: x, y: $0) } })
    }
    guard points.count > 1 else { return nil }
    let count = Double(points.count)
    let urgent = own.filter { $0.advice == .concentrate }.map { names.need($0.need) }
    return QuadrantChart(
      id: "importance-performance-\(Escape.slug(audience.id ?? "everybody"))",
      title: urgent.isEmpty
        ? "\(audience.title): nothing that matters is clearly met worse than the rest"
        : "\(audience.title): concentrate on \(urgent.joined(separator: ", "))",
      subtitle: "Mean satisfaction (across) and importance (up) of each need, as shares of their "
        + "scales, with 95% whiskers; the lines stand at the means over needs.",
      description: "Importance and performance of \(points.count) needs",
      axes: ("satisfaction", "importance"),
      crossing: (
        points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
      ),
      quarters: [
        ImportancePerformance.Advice.concentrate.rawValue,
        ImportancePerformance.Advice.keep.rawValue,
        ImportancePerformance.Advice.low.rawValue, ImportancePerformance.Advice.overkill.rawValue,
      ],
      points: points, segment: audience.id, position: position, numbers: numbers,
      table: ReportTable(
        id: "importance-performance-\(Escape.slug(audience.id ?? "everybody"))",
        caption: "Importance and performance, \(audience.title)",
        columns: [
          .init("Need"), .init("Importance", isNumeric: true), .init("±", isNumeric: true),
          .init("Satisfaction", isNumeric: true), .init("±", isNumeric: true), .init("Advice"),
        ],
        rows: own.map { one in
          [.init(RichText(names.need(one.need)), isHeader: true)]
            + [one.importance, one.importanceSE, one.performance, one.performanceSE].map {
              .percent($0, numbers, decimals: 1)
            } + [.init(RichText(one.advice?.rawValue ?? "within its error of an axis"))]
        },
        notes: [
          "± is the standard error. Advice only where a need lies off both axes by 1.96 of them."
        ])
    ).chart()
  }

  /// Kano's diagram of an audience: what is gained by having a feature and lost without it.
  func kanoChart(
    _ fit: FitResult, _ audience: (id: String?, title: String), _ position: Int?
  ) -> Chart? {
    let told = fit.kano.filter { $0.segment == audience.id }.compactMap { one in
      one.table.map { (summary: one, table: $0) }
    }.filter { $0.table.better.isFinite && $0.table.worse.isFinite }
    guard !told.isEmpty else { return nil }
    func clearly(_ kind: KanoKind) -> [String] {
      told.filter { $0.table.mode == kind && $0.table.fong.isClear }.map(\.summary.label)
    }
    let (musts, delights) = (clearly(.mustBe), clearly(.attractive))
    let findings =
      (musts.isEmpty ? [] : ["taken for granted: \(musts.joined(separator: ", "))"])
      + (delights.isEmpty ? [] : ["delights: \(delights.joined(separator: ", "))"])
    return QuadrantChart(
      id: "kano-\(Escape.slug(audience.id ?? "everybody"))",
      title: "\(audience.title): "
        + (findings.isEmpty
          ? "no feature is clearly taken for granted or a delight"
          : findings.joined(separator: "; ")),
      subtitle: "Across: dissatisfaction without the feature (worse, without its sign). Up: "
        + "satisfaction with it (better). 95% whiskers.",
      description: "Better and worse of \(told.count) features",
      axes: ("worse without it", "better with it"), crossing: (0.5, 0.5),
      quarters: ["delights", "the more the better", "makes no difference", "must be"],
      points: told.map { one in
        QuadrantChart.Point(
          label: one.summary.label, x: -one.table.worse, y: one.table.better,
          hint: "better \(numbers.number(one.table.better, decimals: 2)), worse "
            + numbers.number(one.table.worse, decimals: 2),
          errors: one.summary.worseSE.flatMap { x in one.summary.betterSE.map { (x: x, y: $0) } })
      }, segment: audience.id, position: position, numbers: numbers,
      table: ReportTable(
        id: "kano-\(Escape.slug(audience.id ?? "everybody"))",
        caption: "Kano's kinds, \(audience.title)",
        columns: [.init("Feature")]
          + KanoKind.allCases.map { .init($0.rawValue, isNumeric: true) }
          + [
            .init("Better", isNumeric: true), .init("±", isNumeric: true),
            .init("Worse", isNumeric: true), .init("±", isNumeric: true),
          ],
        rows: told.map { one in
          [.init(RichText(one.summary.label), isHeader: true)]
            + (one.summary.shares ?? []).map { .percent($0, numbers) }
            + [
              one.table.better, one.summary.betterSE, one.table.worse, one.summary.worseSE,
            ].map { .number($0, numbers, decimals: 2) }
        },
        notes: [
          "M must be, O one-dimensional, A attractive, I indifferent, R reverse, Q questionable. "
            + "± is the standard error."
        ])
    ).chart()
  }
}
