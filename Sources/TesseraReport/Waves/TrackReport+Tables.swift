import TesseraWaves

extension TrackReport {
  /// Series as a table: waves side by side, then the change and its p.
  func changeTable(_ series: [TrackedSeries], id: String, caption: String? = nil) -> ReportTable {
    let hasSmall = series.contains { $0.points.contains(where: \.isSmall) }
    return ReportTable(
      id: id, caption: caption ?? "Changes over waves",
      columns: [.init("Segment"), .init("What")]
        + result.waves.map { .init($0.name, isNumeric: true) }
        + [
          .init("Change", isNumeric: true), .init("95% interval", isNumeric: true),
          .init("p (adjusted)", isNumeric: true),
        ],
      rows: series.map { one in
        [
          .init(RichText(who(one)), isHeader: true), .init(RichText(what(one))),
        ]
          + one.points.map { point in
            .init(
              RichText(
                point.base == nil
                  ? "too few" : number(point.value, one) + (point.isSmall ? "*" : "")),
              value: point.value,
              hint: point.base.map { "n = \(numbers.number($0))" } ?? "")
          }
          + [
            .init(
              one.isChanged
                ? .strong(changeText(one)) : RichText(changeText(one)),
              value: one.change?.difference),
            .init(
              RichText(
                one.change.map {
                  "\(short($0.low, one)) to \(short($0.high, one))"
                } ?? NumberStyle.absent)),
            .init(RichText(numbers.probability(one.pAdjusted)), value: one.pAdjusted),
          ]
      },
      notes: hasSmall
        ? ["* Fewer than 30 people: rounded to 5 points, and not tested."] : [])
  }

  private func changeText(_ series: TrackedSeries) -> String {
    series.change.map { short($0.difference, series) } ?? NumberStyle.absent
  }

  private func short(_ value: Double, _ series: TrackedSeries) -> String {
    switch series.unit {
    case .share: numbers.signed(value * 100)
    case .mean: numbers.signed(value, decimals: 2)
    case .points: numbers.signed(value, decimals: 1)
    }
  }

  var sizeTable: ReportTable {
    changeTable(result.sizes, id: "sizes", caption: "Share of people in each segment")
  }

  /// The three questions of movement.
  var movedTable: ReportTable? {
    guard let moved = result.moved else { return nil }
    func row(
      _ name: String, _ statistic: Double?, _ expected: Double?, _ p: Double?, _ words: String
    )
      -> [ReportTable.Cell]
    {
      [
        .init(RichText(name), isHeader: true),
        .number(statistic, numbers, decimals: 1),
        .number(expected, numbers, decimals: 1),
        .init(RichText(numbers.probability(p)), value: p), .init(RichText(words)),
      ]
    }
    func words(_ p: Double?, _ yes: String, _ no: String) -> String {
      p.map { $0 <= 0.05 ? yes : no } ?? NumberStyle.absent
    }
    return ReportTable(
      id: "moved", caption: "Have the segments themselves moved?",
      columns: [
        .init("What may have moved"), .init("Statistic", isNumeric: true),
        .init("By chance", isNumeric: true), .init("p", isNumeric: true), .init("Reading"),
      ],
      rows: [
        row(
          "Sizes", moved.size.statistic, moved.size.expected, moved.size.pValue,
          words(moved.size.pValue, "sizes differ between waves", "no evidence of a change")),
        row(
          "Profiles", moved.profile.statistic, moved.profile.expected, moved.profile.pValue,
          words(
            moved.profile.pValue, "the segments may answer differently than before",
            "no evidence of a change")),
        row(
          "Misfit", nil, nil, moved.misfit?.pValue,
          words(
            moved.misfit?.pValue,
            "answers may combine in ways that no change of sizes and profiles explains",
            "no evidence of a change")),
      ],
      notes: [
        "By chance: the mean over \(moved.sets) sets of the same people without a change. For sizes they are "
          + "simulated; for profiles and misfit people of one segment exchange waves with all their answers."
      ])
  }
}
