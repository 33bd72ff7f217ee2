import Foundation
public import TesseraProductFit
public import TesseraStudy

/// Which segment to target, in sentences, a table and a picture.
public struct TargetReport: Sendable {
  let ranking: TargetRanking
  let segments: [Segment]
  let numbers: NumberStyle

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - ranking: The segments, ranked.
  ///   - segments: The segments, in their order.
  ///   - numbers: How numbers are written.
  public init(
    _ ranking: TargetRanking, segments: [Segment], numbers: NumberStyle = .english
  ) {
    (self.ranking, self.segments, self.numbers) = (ranking, segments, numbers)
  }

  /// The answer and the table.
  public var blocks: [Block] { [.lead(RichText(lead)), .table(table)] }

  /// Who comes first, and how surely.
  var lead: String {
    let first = ranking.rows.first.map { title($0.segment) } ?? ""
    let all = ranking.replicates
    guard ranking.score != .none else {
      let part = ranking.rows.prefix(2).map {
        "\(title($0.segment)) (\(numbers.percent($0.firstShare)))"
      }
      let opening =
        (ranking.rows.first?.firstShare ?? 0) > 0.5
        ? "First for most weightings of the criteria"
        : "First more often than others, over all weightings"
      return "\(opening): \(part.joined(separator: ", then ")). "
        + "There is no single score without money or your own weights."
    }
    if ranking.score == .money, let most = ranking.rows.first?.score?.value, most <= 0 {
      return most < 0
        ? "No segment brings money: every piece costs more than it sells for."
        : "No segment brings money: nobody accepts an own product, or pieces sell for what they cost."
    }
    let leaders = ranking.rows.filter { ($0.firstIn ?? 0) > 0 }.prefix(2)
    guard all > 0 else {
      return
        "First by \(by): \(first). How sure that is was not looked into: no samples were drawn again."
    }
    func counted(_ row: TargetRanking.Row) -> String {
      "\(numbers.number(Double(row.firstIn ?? 0)))"
    }
    guard let top = ranking.rows.first, Double(top.firstIn ?? 0) < 0.95 * Double(all) else {
      return "First by \(by): \(first), in \(ranking.rows.first.map(counted) ?? "") of "
        + "\(numbers.number(Double(all))) samples drawn again."
    }
    return "By \(by) no segment is clearly first: "
      + leaders.map { "\(title($0.segment)) in \(counted($0))" }.joined(separator: ", ")
      + " of \(numbers.number(Double(all))) samples drawn again."
  }

  private var hasIntervals: Bool {
    ranking.rows.contains { $0.values.contains { $0.estimate.low != nil } }
  }

  /// What makes the score.
  private var by: String { ranking.score == .money ? "value" : "your weights" }

  /// All criteria of all segments.
  var table: ReportTable {
    var columns: [ReportTable.Column] = [.init("Segment")]
    if ranking.score == .weights { columns.append(.init("Score", isNumeric: true)) }
    columns += ranking.criteria.map { .init(heading($0), isNumeric: true) }
    columns.append(.init("First for", isNumeric: true))
    if ranking.replicates > 0 {
      columns.append(.init("First in", isNumeric: true))
    }
    return ReportTable(
      id: "targets", caption: "Segments as targets", columns: columns,
      rows: ranking.rows.map { row -> [ReportTable.Cell] in
        var cells = [ReportTable.Cell(RichText(title(row.segment)), isHeader: true)]
        if ranking.score == .weights, let score = row.score {
          cells.append(
            .init(
              RichText(numbers.told(score) { numbers.number($0, decimals: 2) }),
              value: score.value))
        }
        cells += row.values.map { value in
          .init(
            RichText(
              numbers.told(readable(value)) { text($0, value.criterion) } + " (\(value.rank))"),
            value: value.estimate.value, hint: value.of.joined(separator: " against "))
        }
        cells.append(.percent(row.firstShare, numbers))
        if ranking.replicates > 0 {
          cells.append(
            .init(
              RichText(
                "\(numbers.number(Double(row.firstIn ?? 0))) of "
                  + "\(numbers.number(Double(ranking.replicates)))"),
              value: row.firstIn.map(Double.init)))
        }
        return cells
      }
        + hidden.map { segment in
          [.init(RichText(segment.title), isHeader: true)]
            + columns.dropFirst().map { _ in .init(RichText(NumberStyle.absent)) }
        }, notes: notes + (hidden.isEmpty ? [] : [NumberStyle.hidden]))
  }

  /// Segments of too few people to be ranked.
  private var hidden: [Segment] {
    segments.filter { segment in !ranking.rows.contains { $0.segment == segment.id } }
  }

  private var notes: [String] {
    let explained: [String] = ranking.criteria.compactMap { criterion in
      switch criterion {
      case .size: nil
      case .unserved: "Unserved: points of 100 that not even the best product serves."
      case .fit:
        ranking.hasCompetitors
          ? "Own fit: the best own product less the best competitor." : nil
      case .acceptance: "Acceptance: of the own product that fits best."
      case .share: "Own share: who takes an own product beside the competitors."
      case .reach: "Reach: of the channel that reaches most."
      case .value:
        "Value: people x acceptance x (price - cost), of the own product that brings most; with "
          + "awareness or distribution, of the people who know and can get it."
      }
    }
    let weights = ranking.weights.map {
      "\($0.criterion.words) \(numbers.percent($0.weight))"
    }
    return [
      (hasIntervals ? "In brackets 95% intervals, then the rank" : "In brackets the rank")
        + ". First for: part of "
        + "\(numbers.number(Double(ranking.weightings))) weightings of the criteria, drawn evenly."
        + (ranking.replicates == 0
          ? ""
          : " First in: samples drawn again in which it is first "
            + (ranking.score == .none ? "for most weightings." : "by \(by)."))
    ] + explained + (weights.isEmpty ? [] : ["Your weights: \(weights.joined(separator: ", "))."])
      + ranking.notes
  }

  func heading(_ criterion: TargetCriterion) -> String {
    switch criterion {
    case .size: ranking.population == nil ? "Share of people" : "People"
    case .unserved: "Unserved"
    case .fit: ranking.hasCompetitors ? "Own fit against others" : "Own fit"
    case .acceptance: "Acceptance"
    case .share: "Own share"
    case .reach: "Reach"
    case .value:
      "Value" + (ranking.population == nil ? " per person of the market" : "")
        + (money.words(ranking.unit).isEmpty ? "" : ", \(money.words(ranking.unit))")
    }
  }

  func text(_ value: Double, _ criterion: TargetCriterion) -> String {
    switch criterion {
    case .size:
      ranking.population == nil ? numbers.percent(value) : numbers.number(value)
    case .unserved: numbers.number(value, decimals: 1)
    case .fit:
      ranking.hasCompetitors
        ? numbers.signed(value, decimals: 1) : numbers.number(value, decimals: 1)
    case .acceptance, .share, .reach: numbers.percent(value)
    case .value: money.text(value, numbers)
    }
  }

  /// People in no more digits than their interval supports.
  private func readable(_ value: TargetRanking.Value) -> IntervalEstimate {
    let one = value.estimate
    guard value.criterion == .size, ranking.population != nil, let low = one.low,
      let high = one.high, high > low
    else { return one }
    let step = max(1, pow(10, floor(log10(high - low)) - 1))
    func rounded(_ number: Double) -> Double { (number / step).rounded() * step }
    return IntervalEstimate(rounded(one.value), low: rounded(low), high: rounded(high))
  }

  private var money: MoneyScale {
    MoneyScale(ranking.rows.compactMap { $0[.value]?.estimate.value })
  }

  func title(_ segment: String) -> String {
    segments.first { $0.id == segment }?.title ?? segment
  }
}

extension StudyReport {
  /// Which segment to target; `nil` where there is nothing to choose.
  func targetSection(_ fit: FitResult) -> ReportSection? {
    guard let ranking = fit.targets else { return nil }
    let report = TargetReport(ranking, segments: fit.segments, numbers: numbers)
    let chart = TargetChart(report: report, order: fit.segments.map(\.id)).chart()
    return ReportSection(
      id: "targets", title: "Which segment to target",
      blocks: chart.map { [.chart($0)] } ?? [
        .paragraph(RichText(report.lead)), .table(report.table),
      ])
  }
}
