import Foundation
import TesseraProductFit
import TesseraStudy

/// Slides of what follows from the fit: which segment, what price, which market.
extension StudyDeck {
  private var report: StudyReport { StudyReport(results, numbers: numbers) }

  /// The first sentence of a lead: a title holds one.
  private func title(_ lead: String) -> String {
    guard let end = lead.range(of: ". ") else { return lead }
    return String(lead[..<end.lowerBound]) + "."
  }

  /// Segments as targets.
  var target: DeckSlide? {
    guard let fit = results.productFit, let ranking = fit.targets, !findings.stopsAdvice else {
      return nil
    }
    let report = TargetReport(ranking, segments: fit.segments, numbers: numbers)
    let room = 0.72 / Double(ranking.criteria.count + 1)
    let rows = ranking.rows.map { row in
      [DeckTable.Cell(text: report.title(row.segment), isStrong: true)]
        + row.values.map { value in
          DeckTable.Cell(
            text: report.text(value.estimate.value, value.criterion)
              + (value.rank == 1 ? " ★" : ""), isNumber: true)
        } + [
          DeckTable.Cell(
            text: numbers.percent(rounded(row.firstShare, 4)), heat: row.firstShare,
            isNumber: true)
        ]
    }
    let height = min(0.74, 0.18 + 0.09 * Double(rows.count))
    var slide = DeckSlide(
      id: "target", title: title(report.lead),
      notes: notes([report.lead] + report.table.notes))
    slide.shapes = [
      table(
        "target.table", "Table of criteria by segment.", Self.frame(0, 0, 1, height),
        DeckTable(
          widths: [0.28] + (0...ranking.criteria.count).map { _ in room },
          header: ["Segment"] + ranking.criteria.map(report.heading) + ["First for"], rows: rows)),
      text(
        "target.words", Self.frame(0, height + 0.03, 1, 0.97 - height),
        [
          DeckParagraph(
            "★ highest of all segments. First for: part of all weightings of the criteria for which "
              + "the segment comes first.", .muted)
        ]),
    ]
    return slide
  }

  /// Acceptance and share over the price of the first own product.
  var pricing: DeckSlide? {
    guard let fit = results.fit, let told = report.pricesToTell(fit).first else { return nil }
    let pricing = told.pricing
    guard let everybody = pricing.audiences.first, everybody.points.count > 2 else { return nil }
    let points = everybody.points
    var slide = DeckSlide(
      id: "pricing", title: title(told.lead),
      notes: notes([told.lead] + pricing.disagreements + [told.notes]))
    let bests = pricing.audiences.dropFirst().compactMap { audience -> DeckParagraph? in
      guard let best = audience.best(.revenue, by: told.source) else { return nil }
      return DeckParagraph(
        "\(told.title(audience.segment)): \(told.told(best)) "
          + "(\(told.told(told.pieces(best, audience))))", .bullet)
    }
    slide.shapes = [
      chart(
        "pricing.curve", "Line chart of acceptance and share by price.",
        Self.frame(0, 0, bests.isEmpty ? 1 : 0.6, 0.96),
        DeckChart(
          kind: .lines, format: "0%", categories: points.map { told.amount($0.price) },
          series: [
            .init(
              name: "would accept it", values: points.map { rounded($0.acceptance?.value, 4) },
              colours: [.rest]),
            .init(
              name: "take it", values: points.map { rounded($0.share?.value, 4) },
              colours: [.strong]),
          ]))
    ]
    if !bests.isEmpty {
      slide.shapes.append(
        text(
          "pricing.words", Self.frame(0.63, 0, 0.37, 0.96),
          [
            DeckParagraph(
              "Most revenue at, and what may bring as much"
                + (pricing.unit.isEmpty ? "" : ", \(pricing.unit)"), .strong)
          ] + bests))
    }
    return slide
  }

  /// The own products in each scenario.
  var scenarios: DeckSlide? {
    guard let told = results.fit?.scenarios, !told.scenarios.isEmpty else { return nil }
    let summary = report.scenarioSummary(told, id: "scenarios")
    let rows = summary.rows.prefix(8).map { row in
      row.enumerated().map { place, cell in
        DeckTable.Cell(text: cell.text.plain, isStrong: place == 0, isNumber: place > 0)
      }
    }
    let room = 0.66 / Double(max(1, summary.columns.count - 1))
    var slide = DeckSlide(
      id: "scenarios", title: "What happens to our products if the market changes",
      notes: notes(told.notes))
    slide.shapes = [
      table(
        "scenarios.table", "Table of own products by scenario.",
        Self.frame(0, 0, 1, min(0.8, 0.18 + 0.1 * Double(rows.count))),
        DeckTable(
          widths: [0.34] + summary.columns.dropFirst().map { _ in room },
          header: summary.columns.map(\.title), rows: Array(rows))),
      text(
        "scenarios.words", Self.frame(0, min(0.84, 0.22 + 0.1 * Double(rows.count)), 1, 0.14),
        [DeckParagraph("Change against today, in brackets its 95% interval.", .muted)]),
    ]
    return slide
  }
}
