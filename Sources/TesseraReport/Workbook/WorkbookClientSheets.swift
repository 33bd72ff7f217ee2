import TesseraProductFit
import TesseraStudy

/// The sheets that a person opens: the answer, who they are, what fits, opportunities, channels.
struct WorkbookClientSheets {
  let results: StudyResults
  let numbers: NumberStyle

  private var segments: [Segment] { results.segmentation.segments }

  /// The answer, the segments at a glance, and a chart of their shares.
  func summary(_ document: ReportDocument) -> WorkbookSheet {
    let findings = Findings(results, numbers: numbers)
    let cards = findings.cards
    var sheet = WorkbookSheet(name: "Summary")
    sheet.rows = [
      [.text(document.title, .title)], [.text(document.subtitle, .muted)], [],
      [.text("What to do", .strong), .text(findings.headline)],
      [.text("How sure", .strong), .text(findings.light.sentence)],
    ]
    for (place, doubt) in findings.whatWouldChange.enumerated() {
      sheet.rows.append([
        .text(place == 0 ? "What would change this" : "", .strong), .text(doubt),
      ])
    }
    sheet.rows.append([])
    let titles = Set(cards.flatMap { $0.facts.map(\.title) })
    let facts = ["Need", "Barrier", "Best fit", "Channel"].filter { titles.contains($0) }
    let head = sheet.rows.count
    sheet.rows.append(
      ["Segment", "Who they are"].map { .text($0, .header) }
        + ["Share of people", "People asked"].map { .text($0, .numberHeader) }
        + facts.map { .text($0, .header) })
    for card in cards {
      sheet.rows.append(
        [
          .text(card.name, .strong), .text(card.portrait),
          .number(WorkbookCell.rounded(card.share, .percent(0)), .percent(0)),
          .number(card.respondents, .number(0)),
        ]
          + facts.map { title in
            .text(card.facts.first { $0.title == title }?.text ?? "")
          })
    }
    let last = sheet.rows.count - 1
    sheet.charts = [
      .init(
        title: "Share of people (n = \(numbers.number(results.segmentation.respondents)))",
        axis: "Share of people", isHorizontal: true, row: last + 2, column: 0,
        categories: .init(firstRow: head + 1, firstColumn: 0, lastRow: last, lastColumn: 0),
        series: [
          (
            (row: head, column: 2),
            .init(firstRow: head + 1, firstColumn: 2, lastRow: last, lastColumn: 2)
          )
        ], width: 700, height: 130 + 36 * Double(max(2, cards.count)),
        colours: cards.map { Palette.segment($0.position) })
    ]
    // Room for the chart, which lies over the cells.
    for _ in 0..<(10 + 2 * cards.count) { sheet.rows.append([]) }
    for sentence in results.privacySentences + [document.footer] {
      sheet.rows.append([.blank, .text(sentence, .muted)])
    }
    sheet.widths = [28, 70, 12, 12] + facts.map { _ in 44 }
    sheet.frozenRows = 1
    sheet.isWide = true
    sheet.isOnePage = true
    return sheet
  }

  /// Every question by segment: shares, letters, and the index against everybody.
  func profile() -> WorkbookSheet? {
    let profiles = results.profiles.segments
    guard let first = profiles.first, !first.variables.isEmpty else { return nil }
    let count = profiles.count
    let hasLetters = results.tables != nil
    let titles = segments.map(\.title)
    var sheet = WorkbookSheet(name: "Profile")
    var heads = [hasLetters ? "Total (A)" : "Total"]
    for (place, title) in titles.enumerated() {
      heads.append(title + (letter(place).map { " (\($0))" } ?? ""))
    }
    if hasLetters { heads += titles.map { "\($0) is higher than" } }
    heads += titles.map { "Index: \($0)" }
    sheet.rows = [
      [.text("Who the segments are", .title)],
      [.text("Question", .header), .text("Answer", .header)]
        + heads.map { .text($0, .numberHeader) },
      [.text("People asked", .strong), .blank, .number(results.segmentation.respondents)]
        + profiles.map { .number($0.respondents) },
    ]
    func cell(_ value: Double?, _ style: WorkbookCell.Style) -> WorkbookCell {
      value.map { $0.isFinite ? .number(WorkbookCell.rounded($0, style), style) : .blank } ?? .blank
    }
    var shares: [ClosedRange<Int>] = []
    var isAmongActive: Bool?
    for (place, variable) in first.variables.enumerated() {
      let own = profiles.map { $0.variables[place] }
      let isActive = variable.role == .active
      if isAmongActive != isActive {
        isAmongActive = isActive
        let title = isActive ? "Questions that formed the segments" : "Other questions"
        sheet.rows.append([
          .text(title + (isActive && hasLetters ? ": no letters" : ""), .muted), .blank,
        ])
      }
      if variable.categories.isEmpty {
        let table = results.tables?.tables.first { $0.name == variable.name }
        let digits = MeanDigits(total: variable.totalMean)
        let style: WorkbookCell.Style =
          table?.isYears == true ? .year : .number(max(0, digits.decimals))
        func mean(_ value: Double?) -> WorkbookCell {
          cell(value.map { style == .year ? $0.rounded() : digits.rounded($0) }, style)
        }
        sheet.rows.append(
          [
            .text(variable.label.capitalisedFirst, .strong), .text("mean"),
            mean(variable.totalMean),
          ]
            + own.map { mean($0.mean) } + letters(variable.name, .mean, nil)
            + own.map { _ in .blank })
      }
      let denial = Denial.place(variable.categories.map { variable.shown($0) })
      let top = sheet.rows.count
      for (answer, category) in variable.categories.enumerated() where answer != denial {
        sheet.rows.append(
          [
            .text(variable.label.capitalisedFirst, .strong), .text(variable.shown(category)),
            cell(category.totalShare, .percent(0)),
          ]
            + own.map { one in
              let shown = one.categories[answer]
              return shown.shareBounds == nil && shown.hidden == nil
                ? cell(shown.share, .percent(0))
                : .text(numbers.percent(of: shown), .figures)
            }
            + letters(variable.name, .answer, category.code)
            + own.map { cell($0.categories[answer].index, .number(0)) })
      }
      // Means have scales of their own, which the colours of shares would make look strong.
      if sheet.rows.count > top {
        let rows = top...(sheet.rows.count - 1)
        if let last = shares.last, last.upperBound + 1 == rows.lowerBound {
          shares[shares.count - 1] = last.lowerBound...rows.upperBound
        } else {
          shares.append(rows)
        }
      }
    }
    sheet.scales = shares.map {
      .init(rows: $0, columns: 2...(2 + count), kind: .sequential(from: 0, to: 1))
    }
    sheet.rows += [
      [], [.text("Shares of the people in the column. Index: 100 is the share of all.", .muted)],
    ]
    for note in results.tables?.notes.prefix(2) ?? [] {
      sheet.rows += [[.text(note, .muted)]]
    }
    sheet.widths =
      [44, 34, 11] + titles.map { _ in 14 } + (hasLetters ? titles.map { _ in 13 } : [])
      + titles.map { _ in 13 }
    sheet.frozenRows = 2
    sheet.frozenColumns = 2
    sheet.isWide = true
    return sheet
  }

  /// The letter of a segment in significance tests.
  private func letter(_ place: Int) -> String? {
    guard let tables = results.tables, let group = tables.groups.first(where: \.isSegments),
      place < group.columns.count
    else { return nil }
    return tables.columns[group.columns.lowerBound + place].letter
  }

  /// Letters of the segments (and of all) whose figure is significantly lower, by segment.
  private func letters(
    _ question: String, _ kind: SurveyTable.Row.Kind, _ code: String?
  ) -> [WorkbookCell] {
    guard let tables = results.tables, let group = tables.groups.first(where: \.isSegments) else {
      return []
    }
    let row = tables.tables.first { $0.name == question }?.rows.first {
      $0.kind == kind && (code == nil || $0.code == code)
    }
    return group.columns.map { .text(row?.cells[$0].letters ?? "", .letters) }
  }

  /// What matters to each segment and how far it is met; `nil` where satisfaction was not asked.
  func opportunities() -> WorkbookSheet? {
    guard let fit = results.fit,
      fit.opportunities.contains(where: { $0.importance != nil && $0.satisfaction != nil })
    else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    var sheet = WorkbookSheet(name: "Opportunities")
    sheet.rows = [
      [.text("How much each need matters and how far it is met, by segment", .title)],
      ["Segment", "Need"].map { .text($0, .header) }
        + ["Important to", "Satisfied", "Opportunity (0 to 20)"].map { .text($0, .numberHeader) }
        + ["Important to more than are satisfied", "May be the largest"].map {
          .text($0, .header)
        },
    ]
    for segment in fit.segments {
      let own = fit.opportunities.filter { $0.segment == segment.id }
        .sorted { ($0.odi ?? 0) > ($1.odi ?? 0) }
      for one in own {
        func cell(_ value: Double?, _ style: WorkbookCell.Style) -> WorkbookCell {
          value.map { .number(WorkbookCell.rounded($0, style), style) } ?? .blank
        }
        sheet.rows.append([
          .text(segment.title, .strong), .text(names.need(one.need)),
          cell(one.importance, .percent(0)), cell(one.satisfaction, .percent(0)),
          cell(one.odi, .number(1)), .text(one.isClearlyUnmet ? "yes" : ""),
          .text(one.odi != nil && one.mayBeFirst ? "yes" : ""),
        ])
      }
    }
    let last = max(2, sheet.rows.count - 1)
    sheet.scales = [
      .init(rows: 2...last, columns: 2...3, kind: .sequential(from: 0, to: 1)),
      .init(rows: 2...last, columns: 4...4, kind: .sequential(from: 0, to: 20)),
    ]
    sheet.rows += [
      [],
      [
        .text(
          "Shares: top boxes, the two highest of five answers or more, the highest of fewer. Opportunity: 10 × the share to whom it is important, and 10 × what "
            + "of it exceeds the satisfied; above 10 a need counts as unmet. \"Important to more than "
            + "are satisfied\": by more than the 95% error of the difference.", .muted)
      ],
    ]
    sheet.widths = [36, 46, 13, 13, 15, 20, 14]
    sheet.frozenRows = 2
    sheet.frozenColumns = 2
    return sheet
  }

  /// How far each channel reaches.
  func channels() -> WorkbookSheet? {
    let all = StudyReport(results, numbers: numbers).channelReaches
    guard all.contains(where: { $0.reach != nil }) else { return nil }
    var sheet = WorkbookSheet(name: "Channels")
    sheet.rows = [
      [.text("Reach of each channel by segment, and index (all people: 100)", .title)],
      [.text("Channel", .header)]
        + segments.map { .text($0.title, .numberHeader) }
        + segments.map { .text("Index: \($0.title)", .numberHeader) },
    ]
    var seen: Set<String> = []
    for channel in all where seen.insert(channel.channel).inserted {
      let own = segments.map { segment in
        all.first { $0.channel == channel.channel && $0.segment == segment.id }
      }
      func cells(
        _ value: (ChannelReach) -> Double?, _ style: WorkbookCell.Style
      ) -> [WorkbookCell] {
        own.map { one in
          one.flatMap(value).map { .number(WorkbookCell.rounded($0, style), style) } ?? .blank
        }
      }
      sheet.rows.append(
        [.text(channel.label, .strong)] + cells(\.reach, .percent(0))
          + cells(\.affinity, .number(0)))
    }
    let last = max(2, sheet.rows.count - 1)
    sheet.scales = [
      .init(
        rows: 2...last, columns: 1...max(1, segments.count), kind: .sequential(from: 0, to: 1))
    ]
    sheet.widths = [36] + segments.map { _ in 14 } + segments.map { _ in 14 }
    sheet.frozenRows = 2
    sheet.frozenColumns = 1
    sheet.isWide = true
    return sheet
  }
}
